using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>
/// Offices and events as entities of one table: the office's id is the partition, so that an office with its events is
/// read by one query and written by one transaction.
/// </summary>
internal static class TableRow
{
    public const string OfficeKey = "office";

    /// <summary>Rows of changes stand beside the office that they tell of; none other may begin like this.</summary>
    public const string AuditPrefix = "audit-";

    /// <summary>Beyond every audit row, and before every other that begins with an "a": "." follows "-".</summary>
    public const string AuditEnd = "audit.";

    private const string EventPrefix = "event-";
    private const string Version = "version";
    private const string LastEvent = "lastEvent";

    /// <summary>Padded, so that a table editor lists events in their order: <c>event-000012</c>.</summary>
    public static string EventKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{number:D6}");

    public static string AuditKey(int version) => string.Create(CultureInfo.InvariantCulture, $"{AuditPrefix}{version:D9}");

    /// <summary>
    /// The rows of an entry as they were when it was read. Only the office's own has its ETag: no write of the platform
    /// leaves that untouched, so the events need none.
    /// </summary>
    public static List<TableEntity> Rows(StoredEntry? stored)
    {
        if (stored is null)
        {
            return [];
        }

        var office = Of(stored.Entry.Office, new Counters(stored.Version, stored.LastEvent));
        office.ETag = new ETag(stored.ETag);
        List<TableEntity> rows = [office];
        foreach (var row in stored.Entry.Events.Select(Of))
        {
            row.ETag = ETag.All;
            rows.Add(row);
        }

        return rows;
    }

    public static TableEntity Of(Office office, Counters counters) => Counted(Of(office.Id, OfficeKey, office, OfficeRow.Columns), counters);

    /// <summary>Its key alone makes sure that no change is told twice.</summary>
    public static TableEntity Of(AuditEntry audit, Counters counters) => Counted(
        new TableEntity(KeyText.Escape(audit.OfficeId), AuditKey(audit.ToVersion))
        {
            ["action"] = audit.Action,
            ["changed"] = AuditRow.Text(audit.Changed),
            ["by"] = audit.Signature.By,
            ["at"] = audit.Signature.At.ToUniversalTime(),
            ["reason"] = audit.Signature.Reason,
        },
        counters);

    private static TableEntity Counted(TableEntity row, Counters counters)
    {
        row[Version] = counters.Version;
        row[LastEvent] = counters.LastEvent;
        return row;
    }

    /// <summary>What is counted up to the latest of these rows of one partition; nothing where the platform wrote none of them.</summary>
    public static Counters CountersOf(IEnumerable<TableEntity> rows) =>
        rows.Select(row => new Counters(row.GetValueOrDefault(Version) as int? ?? 0, row.GetValueOrDefault(LastEvent) as int? ?? 0))
            .DefaultIfEmpty()
            .MaxBy(counters => counters.Version);

    public static AuditEntry Audit(TableEntity row) => new(
        KeyText.Unescape(row.PartitionKey) ?? row.PartitionKey,
        row.GetInt32(Version) ?? 0,
        row.GetString("action") ?? "",
        AuditRow.Names(row.GetString("changed")),
        new Signature(row.GetString("by") ?? "", row.GetDateTimeOffset("at") ?? default, row.GetString("reason")));

    private static object? GetValueOrDefault(this TableEntity row, string name) => row.TryGetValue(name, out var value) ? value : null;

    public static TableEntity Of(LifecycleEvent happened) => Of(happened.OfficeId, EventKey(happened.Number), happened, EventRow.Columns);

    private static TableEntity Of<T>(string officeId, string rowKey, T item, IReadOnlyList<RowColumn<T>> columns)
    {
        TableEntity row = new(KeyText.Escape(officeId), rowKey);
        foreach (var column in columns)
        {
            if (column.Value(item) is { } value)
            {
                row[column.Name] = value;
            }
        }

        return row;
    }

    /// <summary>An office and its events from all rows of their partition.</summary>
    public static EntryBuilder Entry(string partitionKey, IEnumerable<TableEntity> rows)
    {
        var officeId = KeyText.Unescape(partitionKey);
        EntryBuilder builder = new(officeId ?? partitionKey);
        foreach (var row in rows)
        {
            RowReader reader = new(name => row.TryGetValue(name, out var value) ? value : null);
            if (officeId is null)
            {
                builder.AddUnknown(new Problem("PartitionKey", partitionKey, "an office's id, with ~ only before four hex digits"));
            }
            else if (row.RowKey == OfficeKey)
            {
                builder.AddOffice(reader, row.ETag.ToString("H"), CountersOf([row]));
            }
            else if (EventNumber(row.RowKey) is { } number)
            {
                builder.AddEvent(number, reader);
            }
            else
            {
                builder.AddUnknown(new Problem("RowKey", row.RowKey, $"{OfficeKey} or {EventPrefix} with a number, such as {EventKey(12)}"));
            }
        }

        return builder;
    }

    private static int? EventNumber(string rowKey) =>
        rowKey.StartsWith(EventPrefix, StringComparison.Ordinal)
        && int.TryParse(rowKey.AsSpan(EventPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && EventKey(number) == rowKey
            ? number
            : null;

    /// <summary>Whether two rows hold the same columns, keys and the service's own properties aside.</summary>
    public static bool SameColumns(TableEntity left, TableEntity right) =>
        Columns(left).Count() == Columns(right).Count()
        && Columns(left).All(column => right.TryGetValue(column.Key, out var other) && column.Value.Equals(other));

    /// <summary>About how many bytes a row takes in a transaction's body; never fewer than it does.</summary>
    public static int BytesSent(TableEntity row)
    {
        const int operation = 1024, property = 64;
        return operation + Columns(row).Sum(column =>
            property + column.Key.Length + (column.Value is string text ? JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length : 0));
    }

    private static IEnumerable<KeyValuePair<string, object>> Columns(TableEntity row) => row.Where(property =>
        property.Value is not null && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"));
}
