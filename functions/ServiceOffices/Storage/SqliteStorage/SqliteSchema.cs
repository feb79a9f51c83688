using Microsoft.Data.Sqlite;
using ServiceOffices.Schema;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>
/// The tables of the embedded database and their migration. Two kinds of change require only a definition: a column
/// of an office or an event is added if the database lacks it, and a new table or index is a migration at the end of the list.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>
    /// The migrations in order; the number of those that a database has is its <c>user_version</c>. A migration that a
    /// release contains is never changed. Each can be repeated, because two processes may create the same file at the same time.
    /// </summary>
    /// <remarks>
    /// The table <c>version</c> holds one number for the whole file that only grows, so that an office that is removed and
    /// created again never has an ETag that it had before.
    /// </remarks>
    private static readonly string[] Migrations =
    [
        $"""
        CREATE TABLE IF NOT EXISTS version (value INTEGER NOT NULL);
        INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT * FROM version);
        CREATE TABLE IF NOT EXISTS office (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, {FormatColumns(OfficeSchema.Columns.Stored)});
        CREATE TABLE IF NOT EXISTS event (officeId TEXT NOT NULL, number INTEGER NOT NULL, {FormatColumns(EventSchema.Columns.Stored)}, PRIMARY KEY (officeId, number));
        CREATE TABLE IF NOT EXISTS file (path TEXT NOT NULL PRIMARY KEY, mediaType TEXT NOT NULL, lastWritten INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS pointer (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS lease (name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, expires INTEGER NOT NULL);
        """,
        """
        CREATE TABLE IF NOT EXISTS audit (
            officeId TEXT NOT NULL, toVersion INTEGER NOT NULL, lastEvent INTEGER NOT NULL, action TEXT NOT NULL, changed TEXT NOT NULL,
            "by" TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT, PRIMARY KEY (officeId, toVersion));
        CREATE INDEX IF NOT EXISTS auditTime ON audit (at);
        """,
        "ALTER TABLE audit ADD COLUMN request TEXT",
    ];

    /// <summary>The number of migrations, and the highest <c>user_version</c> that this version of the platform can use.</summary>
    public static int LatestVersion => Migrations.Length;

    /// <summary>Increments the version of the file and returns it; runs inside a write transaction.</summary>
    public const string IncrementVersionSql = "UPDATE version SET value = value + 1 RETURNING value";

    /// <summary>Gets the number of migrations that the database has.</summary>
    public static long ReadVersion(SqliteConnection connection) => (long)connection.ExecuteScalar("PRAGMA user_version")!;

    /// <summary>Applies the migrations that the database lacks and adds missing columns, in one transaction: after a crash the database is as it was before.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        if (ReadVersion(connection) == 0)
        {
            // Cannot be changed inside a transaction; the file keeps it.
            connection.ExecuteNonQuery("PRAGMA journal_mode = WAL");
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        // Another process may have migrated the database before the transaction began.
        foreach (var migration in Migrations.Skip((int)ReadVersion(connection)))
        {
            connection.ExecuteNonQuery(migration);
        }

        AddMissingColumns(connection, "office", OfficeSchema.Columns.Stored);
        AddMissingColumns(connection, "event", EventSchema.Columns.Stored);
        connection.ExecuteNonQuery($"PRAGMA user_version = {LatestVersion}");
        transaction.Commit();
    }

    /// <summary>Gets the columns that the database lacks and those that this version of the platform does not know, as <c>office.note</c>.</summary>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown) CompareColumns(SqliteConnection connection)
    {
        var office = ReadColumns(connection, "office");
        var lifecycleEvent = ReadColumns(connection, "event");
        string[] knownOffice = ["id", "version", .. OfficeSchema.Columns.Stored.Select(column => column.Name)];
        string[] knownEvent = ["officeId", "number", .. EventSchema.Columns.Stored.Select(column => column.Name)];
        return (
            [.. Except("office", knownOffice, office), .. Except("event", knownEvent, lifecycleEvent)],
            [.. Except("office", office, knownOffice), .. Except("event", lifecycleEvent, knownEvent)]);
    }

    private static IEnumerable<string> Except(string table, IEnumerable<string> columns, IEnumerable<string> others) =>
        columns.Except(others, StringComparer.OrdinalIgnoreCase).Select(column => $"{table}.{column}");

    private static void AddMissingColumns<T>(SqliteConnection connection, string table, IReadOnlyList<StoredColumn<T>> columns)
    {
        var existing = ReadColumns(connection, table);
        foreach (var column in columns.Where(column => !existing.Contains(column.Name)))
        {
            connection.ExecuteNonQuery($"ALTER TABLE {table} ADD COLUMN {FormatColumn(column)}");
        }
    }

    // SQLite compares column names without case.
    private static HashSet<string> ReadColumns(SqliteConnection connection, string table) =>
        connection.Query("SELECT name FROM pragma_table_info($1)", table).Select(row => row.GetString(0)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string FormatColumns<T>(IEnumerable<StoredColumn<T>> columns) => string.Join(", ", columns.Select(FormatColumn));

    private static string FormatColumn<T>(StoredColumn<T> column) => $"\"{column.Name}\" {GetSqlType(column.Type)}";

    private static string GetSqlType(StoredColumnType type) => type switch
    {
        StoredColumnType.Number => "REAL",
        StoredColumnType.Boolean => "INTEGER",
        _ => "TEXT",
    };
}
