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
/// Offices and events as entities of one table: the office's id is the partition, so that an office with its events is
/// read by one query and written by one transaction.
/// </summary>
internal static class TableEntityMapper
{
    public const string OfficeRowKey = "office";

    /// <summary>Rows of changes stand beside the office that they tell of; none other may begin like this.</summary>
    public const string AuditPrefix = "audit-";

    /// <summary>Beyond every audit row, and before every other that begins with an "a": "." follows "-".</summary>
    public const string AuditRangeEnd = "audit.";

    private const string EventPrefix = "event-";
    private const string VersionColumn = "version";
    private const string LastEventNumberColumn = "lastEvent";

    /// <summary>Padded, so that a table editor lists events in their order: <c>event-000012</c>.</summary>
    public static string FormatEventKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{number:D6}");

    public static string FormatAuditKey(int version) => string.Create(CultureInfo.InvariantCulture, $"{AuditPrefix}{version:D9}");

    /// <summary>
    /// The rows of an entry as they were when it was read. Only the office's own has its ETag: no write of the platform
    /// leaves that untouched, so the events need none.
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

    /// <summary>Its key alone makes sure that no change is told twice.</summary>
    public static TableEntity ToEntity(AuditEntry audit, EntryCounters counters) => WithCounters(
        new TableEntity(TableKeyEncoding.Encode(audit.OfficeId), FormatAuditKey(audit.ToVersion))
        {
            ["action"] = audit.Action,
            ["changed"] = AuditTrail.FormatChanged(audit.Changed),
            ["by"] = audit.Signature.By,
            ["at"] = audit.Signature.At.ToUniversalTime(),
            ["reason"] = audit.Signature.Reason,
        },
        counters);

    private static TableEntity WithCounters(TableEntity row, EntryCounters counters)
    {
        row[VersionColumn] = counters.Version;
        row[LastEventNumberColumn] = counters.LastEventNumber;
        return row;
    }

    /// <summary>What is counted up to the latest of these rows of one partition; nothing where the platform wrote none of them.</summary>
    public static EntryCounters ReadCounters(IEnumerable<TableEntity> rows) =>
        rows.Select(row => new EntryCounters(row.GetValueOrDefault(VersionColumn) as int? ?? 0, row.GetValueOrDefault(LastEventNumberColumn) as int? ?? 0))
            .DefaultIfEmpty()
            .MaxBy(counters => counters.Version);

    public static AuditEntry ToAuditEntry(TableEntity row) => new(
        TableKeyEncoding.Decode(row.PartitionKey) ?? row.PartitionKey,
        row.GetInt32(VersionColumn) ?? 0,
        row.GetString("action") ?? "",
        AuditTrail.ParseChanged(row.GetString("changed")),
        new Signature(row.GetString("by") ?? "", row.GetDateTimeOffset("at") ?? default, row.GetString("reason")));

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

    /// <summary>An office and its events from all rows of their partition.</summary>
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

    /// <summary>Whether two rows hold the same columns, keys and the service's own properties aside.</summary>
    public static bool HasSameColumns(TableEntity left, TableEntity right) =>
        GetColumns(left).Count() == GetColumns(right).Count()
        && GetColumns(left).All(column => right.TryGetValue(column.Key, out var other) && column.Value.Equals(other));

    /// <summary>About how many bytes a row takes in a transaction's body; never fewer than it does.</summary>
    public static int EstimateRequestBytes(TableEntity row)
    {
        const int operation = 1024, property = 64;
        return operation + GetColumns(row).Sum(column =>
            property + column.Key.Length + (column.Value is string text ? JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length : 0));
    }

    private static IEnumerable<KeyValuePair<string, object>> GetColumns(TableEntity row) => row.Where(property =>
        property.Value is not null && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"));
}
