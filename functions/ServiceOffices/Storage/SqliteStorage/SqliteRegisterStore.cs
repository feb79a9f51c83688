using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>The register in the embedded database: one row per office, one row per event.</summary>
/// <param name="path">The database file; created if it does not exist.</param>
/// <param name="logger">Receives a warning if the database has unknown columns; null for no warning.</param>
public sealed class SqliteRegisterStore(string path, ILogger<SqliteRegisterStore>? logger = null) : IRegisterStore
{
    private static readonly string InsertOfficeSql = BuildInsertSql("office", ["id", "version", .. OfficeSchema.Columns.Stored.Select(column => column.Name)]);
    private static readonly string InsertEventSql = BuildInsertSql("event", ["officeId", "number", .. EventSchema.Columns.Stored.Select(column => column.Name)]);

    private const string SelectOfficeSql = """
        SELECT id, coalesce(toVersion, 0), coalesce(lastEvent, 0), office.* FROM office
        LEFT JOIN audit ON officeId = id AND toVersion = (SELECT max(toVersion) FROM audit WHERE officeId = id)
        """;

    private readonly SqliteDatabase database = new(path, logger);

    /// <inheritdoc cref="SqliteDatabase.Migrate"/>
    public static void Migrate(string path) => SqliteDatabase.Migrate(path);

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            List<StoredEntry> entries = [];
            List<RejectedRow> rejected = [];
            foreach (var builder in ReadEntryBuilders(connection, "").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value))
            {
                builder.AddTo(entries, rejected);
            }

            return new RegisterContent(entries, rejected);
        },
        cancellationToken);

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => ReadEntryBuilders(connection, "WHERE {0} = $1", officeId).GetValueOrDefault(officeId)?.BuildOrThrow(),
        cancellationToken);

    /// <param name="where">The condition for both tables; {0} is the column with the office's id.</param>
    private static Dictionary<string, EntryBuilder> ReadEntryBuilders(SqliteConnection connection, string where, params object?[] values)
    {
        Dictionary<string, EntryBuilder> builders = new(StringComparer.Ordinal);
        foreach (var row in connection.Query($"{SelectOfficeSql} {FormatCondition("id")}", values))
        {
            var id = row.GetString(0);
            builders[id] = new EntryBuilder(id);
            builders[id].AddOffice(CreateReader(row), FormatETag(row["version"]), new EntryCounters(row.GetInt32(1), row.GetInt32(2)));
        }

        foreach (var row in connection.Query($"SELECT * FROM event {FormatCondition("officeId")}", values))
        {
            var id = row.GetString(0);
            if (!builders.TryGetValue(id, out var builder))
            {
                builders[id] = builder = new EntryBuilder(id);
            }

            if (row["number"] is long number and >= 1 and <= int.MaxValue)
            {
                builder.AddEvent((int)number, CreateReader(row));
            }
            else
            {
                builder.AddUnrecognizedRow(new ValidationProblem("number", Convert.ToString(row["number"], CultureInfo.InvariantCulture), "a whole number from 1"));
            }
        }

        return builders;

        string FormatCondition(string column) => string.Format(CultureInfo.InvariantCulture, where, column);
    }

    private static StoredRowReader CreateReader(SqliteDataReader row) => new(name => row[name] is var value and not DBNull ? value : null);

    public Task<StoredEntry> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        StorageLimits.ThrowIfExceeded(entry);
        return database.WriteAsync(connection => Write(connection, entry, ifMatch, signature), cancellationToken);
    }

    private static StoredEntry Write(SqliteConnection connection, RegisterEntry entry, string? ifMatch, Signature signature)
    {
        var office = entry.Office;
        var existed = CheckPrecondition(connection, office.Id, ifMatch);
        var counters = InsertAudit(connection, office.Id, existed, entry, signature);
        DeleteRows(connection, office.Id);
        var version = connection.ExecuteScalar(SqliteSchema.IncrementVersionSql);
        connection.ExecuteNonQuery(InsertOfficeSql, [office.Id, version, .. OfficeSchema.Columns.Stored.Select(column => column.GetValue(office))]);
        foreach (var lifecycleEvent in entry.Events)
        {
            connection.ExecuteNonQuery(InsertEventSql, [office.Id, lifecycleEvent.Number, .. EventSchema.Columns.Stored.Select(column => column.GetValue(lifecycleEvent))]);
        }

        return new StoredEntry(entry, FormatETag(version), counters.Version, counters.LastEventNumber);
    }

    public Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ifMatch);
        return database.WriteAsync(connection => Remove(connection, officeId, ifMatch, signature), cancellationToken);
    }

    private static int Remove(SqliteConnection connection, string officeId, string ifMatch, Signature signature)
    {
        CheckPrecondition(connection, officeId, ifMatch);
        InsertAudit(connection, officeId, existed: true, null, signature);
        return DeleteRows(connection, officeId);
    }

    public Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Exception?>>(connection => [.. writes.Select(write => ApplyWrite(connection, write, signature))], cancellationToken);

    /// <returns>The reason that nothing was written; null after a write. Every check precedes the first row that is written.</returns>
    private static Exception? ApplyWrite(SqliteConnection connection, EntryWrite write, Signature signature)
    {
        try
        {
            if (write.After is { } entry)
            {
                StorageLimits.ThrowIfExceeded(entry);
                Write(connection, entry, write.Before?.ETag, signature);
            }
            else
            {
                Remove(connection, write.OfficeId, write.Before!.ETag, signature);
            }

            return null;
        }
        catch (Exception exception) when (exception is ConflictException or ArgumentException)
        {
            return exception;
        }
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<AuditEntry>>(
        connection => [.. connection
            .Query(
                """
                SELECT officeId, toVersion, action, changed, "by", at, reason, request FROM audit
                WHERE ($1 IS NULL OR officeId = $1) AND at >= $2 AND at <= $3 ORDER BY at DESC, officeId, toVersion DESC LIMIT $4
                """,
                officeId, since.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), maxCount)
            .Select(row => new AuditEntry(
                row.GetString(0), row.GetInt32(1), row.GetString(2), AuditTrail.ParseChanged(row.GetString(3)),
                new Signature(row.GetString(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), row["reason"] as string) { Request = RepeatableRequest.Parse(row["request"] as string) }))],
        cancellationToken);

    /// <summary>Reads the part of the entry that can be read, before it is overwritten.</summary>
    private static RegisterEntry? ReadExistingEntry(SqliteConnection connection, string officeId)
    {
        List<StoredEntry> entries = [];
        ReadEntryBuilders(connection, "WHERE {0} = $1", officeId).GetValueOrDefault(officeId)?.AddTo(entries, []);
        return entries.FirstOrDefault()?.Entry;
    }

    /// <returns>The counters after the change.</returns>
    private static EntryCounters InsertAudit(SqliteConnection connection, string officeId, bool existed, RegisterEntry? after, Signature signature)
    {
        var before = ReadExistingEntry(connection, officeId);
        var last = connection
            .Query("SELECT toVersion, lastEvent FROM audit WHERE officeId = $1 ORDER BY toVersion DESC LIMIT 1", officeId)
            .Select(row => new EntryCounters(row.GetInt32(0), row.GetInt32(1)))
            .FirstOrDefault();
        var next = last.Increment([.. (before?.Events ?? []).Concat(after?.Events ?? []).Select(lifecycleEvent => lifecycleEvent.Number)]);
        var audit = AuditTrail.CreateEntry(officeId, next.Version, existed, before, after, signature);
        connection.ExecuteNonQuery(
            """INSERT INTO audit (officeId, toVersion, lastEvent, action, changed, "by", at, reason, request) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            officeId, audit.ToVersion, next.LastEventNumber, audit.Action, AuditTrail.FormatChanged(audit.Changed),
            signature.By, signature.At.ToUnixTimeMilliseconds(), signature.Reason, signature.Request?.Format());
        return next;
    }

    /// <returns>True if the office exists.</returns>
    private static bool CheckPrecondition(SqliteConnection connection, string officeId, string? ifMatch)
    {
        var version = connection.ExecuteScalar("SELECT version FROM office WHERE id = $1", officeId);
        EntryPrecondition.ThrowIfVersionMismatch(officeId, version is null ? null : FormatETag(version), ifMatch);
        return version is not null;
    }

    private static int DeleteRows(SqliteConnection connection, string officeId) =>
        connection.ExecuteNonQuery("DELETE FROM office WHERE id = $1", officeId) + connection.ExecuteNonQuery("DELETE FROM event WHERE officeId = $1", officeId);

    private static string FormatETag(object? version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static string BuildInsertSql(string table, IReadOnlyList<string> columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns.Select(name => $"\"{name}\""))}) VALUES ({string.Join(", ", columns.Select((_, index) => $"${index + 1}"))})";
}
