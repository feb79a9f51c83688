using System.Globalization;
using System.Text.Json;
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

    private const string EventPrefix = "event-";

    /// <summary>Padded, so that a table editor lists events in their order: <c>event-000012</c>.</summary>
    public static string EventKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{number:D6}");

    public static TableEntity Of(Office office) => Of(office.Id, OfficeKey, office, OfficeRow.Columns);

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
                builder.AddOffice(reader, row.ETag.ToString("H"));
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
