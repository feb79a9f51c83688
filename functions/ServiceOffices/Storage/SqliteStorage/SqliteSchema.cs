using ServiceOffices.Schema;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>The tables of the embedded database.</summary>
internal static class SqliteSchema
{
    /// <summary>Counts what was added to the tables since the first version of the platform.</summary>
    public const int SchemaVersion = 2;

    /// <summary>
    /// Safe to run twice: two processes may both find the file new. <c>version</c> holds one number for the whole file
    /// that only grows, so that an office removed and made anew never has an ETag that it had before.
    /// </summary>
    public static readonly string CreateScript = $"""
        CREATE TABLE IF NOT EXISTS version (value INTEGER NOT NULL);
        INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT * FROM version);
        CREATE TABLE IF NOT EXISTS office (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, {FormatColumns(OfficeSchema.Columns.Stored)});
        CREATE TABLE IF NOT EXISTS event (officeId TEXT NOT NULL, number INTEGER NOT NULL, {FormatColumns(EventSchema.Columns.Stored)}, PRIMARY KEY (officeId, number));
        CREATE TABLE IF NOT EXISTS file (path TEXT NOT NULL PRIMARY KEY, mediaType TEXT NOT NULL, lastWritten INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS pointer (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS lease (name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, expires INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS audit (
            officeId TEXT NOT NULL, toVersion INTEGER NOT NULL, lastEvent INTEGER NOT NULL, action TEXT NOT NULL, changed TEXT NOT NULL,
            "by" TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT, PRIMARY KEY (officeId, toVersion));
        CREATE INDEX IF NOT EXISTS auditTime ON audit (at);
        PRAGMA user_version = {SchemaVersion};
        """;

    /// <summary>The next number of the file; run it inside a write transaction.</summary>
    public const string IncrementVersionSql = "UPDATE version SET value = value + 1 RETURNING value";

    private static string FormatColumns<T>(IEnumerable<StoredColumn<T>> columns) =>
        string.Join(", ", columns.Select(column => $"\"{column.Name}\" {GetSqlType(column.Type)}"));

    private static string GetSqlType(StoredColumnType kind) => kind switch
    {
        StoredColumnType.Number => "REAL",
        StoredColumnType.Boolean => "INTEGER",
        _ => "TEXT",
    };
}
