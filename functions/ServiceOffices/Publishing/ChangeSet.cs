using System.Buffers;
using System.Text;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>What differs between the offices of two pictures of the register.</summary>
public static class ChangeSet
{
    /// <summary>The property that stands for an office's events in a change.</summary>
    public const string Events = "events";

    private const string ModifiedAt = "modifiedAt";
    private const string Status = "status";

    /// <summary>
    /// One change an office that is new, gone or has another value than before, ordered by office id. The time of the
    /// last change is no value of its own; an office's events are.
    /// </summary>
    /// <param name="before">Null before the first publication.</param>
    /// <param name="after">Its revision and time become the changes'.</param>
    /// <param name="firstSequence">The number of the first change.</param>
    public static IReadOnlyList<Change> Between(TableSet? before, TableSet after, long firstSequence)
    {
        var old = before?[OfficeColumns.Set];
        var now = after[OfficeColumns.Set];
        var changes = new List<Change>();
        foreach (var (id, oldRow, newRow) in Pairs(old, now))
        {
            var properties = newRow < 0 ? [] : Properties(old, oldRow, now, newRow);
            if (newRow >= 0 && oldRow >= 0 && properties.Count == 0)
            {
                continue;
            }

            changes.Add(new Change(
                firstSequence + changes.Count,
                id,
                Kind(Text(old, oldRow, Status), oldRow, Text(now, newRow, Status), newRow),
                (newRow < 0 ? Text(old, oldRow, "name") : Text(now, newRow, "name")) ?? "",
                properties,
                after.Revision,
                after.Modified));
        }

        return changes;
    }

    /// <summary>Every office of either table with its rows, -1 where it has none, ordered by id.</summary>
    private static IEnumerable<(string Id, int OldRow, int NewRow)> Pairs(Table? old, Table now) =>
        Ids(old).Union(Ids(now), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(id => (id, old?.Find(id) ?? -1, now.Find(id)));

    private static string[] Ids(Table? table) => table is null ? [] : ((ValueColumn<string>)table["id"]).Values;

    private static string? Text(Table? table, int row, string property) => row < 0 ? null : JsonValues.Text(table![property], row);

    private static List<PropertyChange> Properties(Table? old, int oldRow, Table now, int newRow)
    {
        var changes = new List<PropertyChange>();
        foreach (var property in now.Type.Properties.Where(property => !property.IsNavigation && property.Name != ModifiedAt))
        {
            var column = now[property];
            if (oldRow < 0)
            {
                AddNew(changes, column, newRow);
            }
            else if (!column.SameValue(newRow, old![property.Name], oldRow))
            {
                changes.Add(new PropertyChange(property.Name, JsonValues.Text(old[property.Name], oldRow), JsonValues.Text(column, newRow)));
            }
        }

        AddEvents(changes, old, oldRow, now, newRow);
        return changes;
    }

    /// <summary>A new office's value, where it has one.</summary>
    private static void AddNew(List<PropertyChange> changes, Column column, int row)
    {
        var isEmpty = column is CollectionColumn collection ? collection.CountAt(row) == 0 : column.IsNull(row);
        if (!isEmpty)
        {
            changes.Add(new PropertyChange(column.Property.Name, null, JsonValues.Text(column, row)));
        }
    }

    /// <summary>The events that differ, and only those: as they were and as they are.</summary>
    private static void AddEvents(List<PropertyChange> changes, Table? old, int oldRow, Table now, int newRow)
    {
        var was = EventsOf(old, oldRow);
        var has = EventsOf(now, newRow);
        var gone = was.Where(row => !has.Any(other => row.Table.SameRow(row.Row, other.Table, other.Row))).ToArray();
        var come = has.Where(row => !was.Any(other => row.Table.SameRow(row.Row, other.Table, other.Row))).ToArray();
        if (gone.Length + come.Length > 0)
        {
            changes.Add(new PropertyChange(Events, EventText(gone), EventText(come)));
        }
    }

    private static (Table Table, int Row)[] EventsOf(Table? offices, int row)
    {
        if (row < 0)
        {
            return [];
        }

        var events = (LinkColumn)offices![Events];
        return [.. events.At(row).ToArray().Select(happened => (events.Target, happened))];
    }

    /// <summary>The events as a JSON array of objects, which need not repeat whose they are; null for none.</summary>
    private static string? EventText((Table Table, int Row)[] events)
    {
        if (events.Length == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options))
        {
            json.WriteStartArray();
            foreach (var (table, row) in events)
            {
                json.WriteStartObject();
                JsonValues.WriteProperties(json, table, row, leftOut: table.Type.Find("officeId"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Kind(string? oldStatus, int oldRow, string? newStatus, int newRow) => newStatus switch
    {
        _ when newRow < 0 => "removed",
        _ when oldRow < 0 => "added",
        _ when newStatus == oldStatus => "changed",
        "open" when oldStatus is "closed" or "temporarilyClosed" => "reopened",
        "open" => "opened",
        "closed" => "closed",
        _ => "changed",
    };
}
