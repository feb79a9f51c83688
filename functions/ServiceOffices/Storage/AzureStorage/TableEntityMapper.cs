using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// Maps offices and events to entities of one table. The office's id is the partition key, so that an office with its events
/// is read by one query and written by one transaction.
/// </summary>
internal static class TableEntityMapper
{
    public const string OfficeRowKey = "office";

    /// <summary>The prefix of the row keys of changes, in the partition of their office. No other row key begins with it.</summary>
    public const string AuditPrefix = "audit-";

    /// <summary>The exclusive end of the range of audit rows: "." follows "-".</summary>
    public const string AuditRangeEnd = "audit.";

    /// <summary>The column of an audit row with the id of the call that wrote it.</summary>
    public const string OperationColumn = "operation";

    private const string EventPrefix = "event-";
    private const string VersionColumn = "version";
    private const string LastEventNumberColumn = "lastEvent";

    /// <summary>Formats a padded key, so that table tools list events in their order: <c>event-000012</c>.</summary>
    public static string FormatEventKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{number:D6}");

    public static TableEntity? FindOfficeRow(IEnumerable<TableEntity> rows) => rows.FirstOrDefault(row => row.RowKey == OfficeRowKey);

    public static bool IsAuditRow(TableEntity row) => row.RowKey.StartsWith(AuditPrefix, StringComparison.Ordinal);

    public static string FormatAuditKey(int version) => string.Create(CultureInfo.InvariantCulture, $"{AuditPrefix}{version:D9}");

    /// <summary>
    /// Recreates the rows of an entry as they were read. Only the office's own row has its ETag: every write of the platform
    /// replaces that row, so the events need none.
    /// </summary>
    public static List<TableEntity> ToEntities(StoredEntry? stored)
    {
        if (stored is null)
        {
            return [];
        }

        var office = ToEntity(stored.Entry.Office, new EntryCounters(stored.Version, stored.LastEventNumber));
        office.ETag = new ETag(stored.ETag);
        List<TableEntity> rows = [office];
        foreach (var row in stored.Entry.Events.Select(ToEntity))
        {
            row.ETag = ETag.All;
            rows.Add(row);
        }

        return rows;
    }

    public static TableEntity ToEntity(Office office, EntryCounters counters) => WithCounters(ToEntity(office.Id, OfficeRowKey, office, OfficeSchema.Columns.Stored), counters);

    /// <summary>Creates the row of a change. Its key ensures that no version is recorded twice.</summary>
    public static TableEntity ToEntity(AuditEntry audit, EntryCounters counters) => WithCounters(
        new TableEntity(TableKeyEncoding.Encode(audit.OfficeId), FormatAuditKey(audit.ToVersion))
        {
            ["action"] = audit.Action,
            ["changed"] = AuditTrail.FormatChanged(audit.Changed),
            ["by"] = audit.Signature.By,
            ["at"] = audit.Signature.At.ToUniversalTime(),
            ["reason"] = audit.Signature.Reason,
            ["request"] = audit.Signature.Request?.Format(),
        },
        counters);

    private static TableEntity WithCounters(TableEntity row, EntryCounters counters)
    {
        row[VersionColumn] = counters.Version;
        row[LastEventNumberColumn] = counters.LastEventNumber;
        return row;
    }

    /// <summary>Reads the counters from the latest of these rows of one partition; zeros if the platform wrote none of them.</summary>
    public static EntryCounters ReadCounters(IEnumerable<TableEntity> rows) =>
        rows.Select(row => new EntryCounters(row.GetValueOrDefault(VersionColumn) as int? ?? 0, row.GetValueOrDefault(LastEventNumberColumn) as int? ?? 0))
            .DefaultIfEmpty()
            .MaxBy(counters => counters.Version);

    /// <summary>Returns true if the row has these counters: no later change has replaced it.</summary>
    public static bool IsOfVersion(TableEntity row, EntryCounters counters) => ReadCounters([row]).Version == counters.Version;

    public static AuditEntry ToAuditEntry(TableEntity row) => new(
        TableKeyEncoding.Decode(row.PartitionKey) ?? row.PartitionKey,
        row.GetInt32(VersionColumn) ?? 0,
        row.GetString("action") ?? "",
        AuditTrail.ParseChanged(row.GetString("changed")),
        new Signature(row.GetString("by") ?? "", row.GetDateTimeOffset("at") ?? default, row.GetString("reason")) { Request = RepeatableRequest.Parse(row.GetString("request")) });

    private static object? GetValueOrDefault(this TableEntity row, string name) => row.TryGetValue(name, out var value) ? value : null;

    public static TableEntity ToEntity(LifecycleEvent lifecycleEvent) => ToEntity(lifecycleEvent.OfficeId, FormatEventKey(lifecycleEvent.Number), lifecycleEvent, EventSchema.Columns.Stored);

    private static TableEntity ToEntity<T>(string officeId, string rowKey, T item, IReadOnlyList<StoredColumn<T>> columns)
    {
        TableEntity row = new(TableKeyEncoding.Encode(officeId), rowKey);
        foreach (var column in columns)
        {
            if (column.GetValue(item) is { } value)
            {
                row[column.Name] = value;
            }
        }

        return row;
    }

    /// <summary>Reads an office and its events from the rows of their partition.</summary>
    public static EntryBuilder ToEntryBuilder(string partitionKey, IEnumerable<TableEntity> rows)
    {
        var officeId = TableKeyEncoding.Decode(partitionKey);
        EntryBuilder builder = new(officeId ?? partitionKey);
        foreach (var row in rows)
        {
            StoredRowReader reader = new(name => row.TryGetValue(name, out var value) ? value : null);
            if (officeId is null)
            {
                builder.AddUnrecognizedRow(new ValidationProblem("PartitionKey", partitionKey, "an office's id, with ~ only before four hex digits"));
            }
            else if (row.RowKey == OfficeRowKey)
            {
                builder.AddOffice(reader, row.ETag.ToString("H"), ReadCounters([row]));
            }
            else if (ParseEventNumber(row.RowKey) is { } number)
            {
                builder.AddEvent(number, reader);
            }
            else
            {
                builder.AddUnrecognizedRow(new ValidationProblem("RowKey", row.RowKey, $"{OfficeRowKey} or {EventPrefix} with a number, such as {FormatEventKey(12)}"));
            }
        }

        return builder;
    }

    private static int? ParseEventNumber(string rowKey) =>
        rowKey.StartsWith(EventPrefix, StringComparison.Ordinal)
        && int.TryParse(rowKey.AsSpan(EventPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && FormatEventKey(number) == rowKey
            ? number
            : null;

    /// <summary>Compares the columns of two rows, without keys and the service's own properties.</summary>
    public static bool HasSameColumns(TableEntity left, TableEntity right) =>
        GetColumns(left).Count() == GetColumns(right).Count()
        && GetColumns(left).All(column => right.TryGetValue(column.Key, out var other) && column.Value.Equals(other));

    /// <summary>Estimates the bytes of a row in the body of a transaction, never too low.</summary>
    public static int EstimateRequestBytes(TableEntity row)
    {
        const int operation = 1024, property = 64;
        return operation + GetColumns(row).Sum(column =>
            property + column.Key.Length + (column.Value is string text ? JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length : 0));
    }

    private static IEnumerable<KeyValuePair<string, object>> GetColumns(TableEntity row) => row.Where(property =>
        property.Value is not null && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"));
}
