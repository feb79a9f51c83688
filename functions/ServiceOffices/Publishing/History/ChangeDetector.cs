using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;

namespace ServiceOffices.Publishing.History;

/// <summary>Finds the differences between the offices of two publications, in their published columns.</summary>
/// <remarks>EntryDiff compares stored columns. The published ones include computed values, and their JSON is a part of the history.</remarks>
public static class ChangeDetector
{
    /// <summary>The name of the property in a change that holds an office's events.</summary>
    public const string EventsProperty = "events";

    private const string StatusProperty = "status";

    // They follow from the events and the changes themselves.
    private static readonly FrozenSet<string> ExcludedColumns = FrozenSet.Create(StringComparer.Ordinal, "modifiedAt", "lastConfirmedOn", "lastConfirmedSource");

    private static readonly FrozenSet<string> ExcludedEventColumns =
        EventSchema.Columns.All.Where(column => column.IsComputed || column.Name == "officeId").Select(column => column.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Creates one change for each office that was added, removed or has a different value, ordered by office id. The time of
    /// the last change and the last confirmation are not compared; an office's events are.
    /// </summary>
    /// <param name="before">Null before the first publication.</param>
    /// <param name="after">Provides the revision and the time of the changes.</param>
    /// <param name="firstSequence">The number of the first change.</param>
    public static IReadOnlyList<Change> FindChanges(TableSet? before, TableSet after, long firstSequence)
    {
        var oldTable = before?[OfficeSchema.SetName];
        var newTable = after[OfficeSchema.SetName];
        var changes = new List<Change>();
        foreach (var (id, oldRow, newRow) in PairRows(oldTable, newTable))
        {
            var properties = newRow < 0 ? [] : FindPropertyChanges(oldTable, oldRow, newTable, newRow);
            if (newRow >= 0 && oldRow >= 0 && properties.Count == 0)
            {
                continue;
            }

            changes.Add(new Change(
                firstSequence + changes.Count,
                id,
                GetChangeKind(FormatValue(oldTable, oldRow, StatusProperty), oldRow, FormatValue(newTable, newRow, StatusProperty), newRow),
                (newRow < 0 ? FormatValue(oldTable, oldRow, "name") : FormatValue(newTable, newRow, "name")) ?? "",
                properties,
                after.Revision,
                after.LastModified));
        }

        return changes;
    }

    /// <summary>Pairs the rows of every office in either table, ordered by id; -1 for no row.</summary>
    private static IEnumerable<(string Id, int OldRow, int NewRow)> PairRows(Table? old, Table now) =>
        GetIds(old).Union(GetIds(now), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(id => (id, old?.FindRow(id) ?? -1, now.FindRow(id)));

    private static string[] GetIds(Table? table) => table is null ? [] : ((ValueColumn<string>)table["id"]).Values;

    private static string? FormatValue(Table? table, int row, string property) => row < 0 ? null : JsonValueWriter.Format(table![property], row);

    private static List<PropertyChange> FindPropertyChanges(Table? old, int oldRow, Table now, int newRow)
    {
        var changes = new List<PropertyChange>();
        foreach (var property in now.Type.Properties.Where(property => !property.IsNavigation && !ExcludedColumns.Contains(property.Name)))
        {
            var column = now[property];
            if (oldRow < 0)
            {
                AddNewValue(changes, column, newRow);
            }
            else if (!column.ValueEquals(newRow, old![property.Name], oldRow))
            {
                changes.Add(new PropertyChange(property.Name, JsonValueWriter.Format(old[property.Name], oldRow), JsonValueWriter.Format(column, newRow)));
            }
        }

        AddEventChanges(changes, old, oldRow, now, newRow);
        return changes;
    }

    /// <summary>Adds a value of a new office, unless it is empty.</summary>
    private static void AddNewValue(List<PropertyChange> changes, Column column, int row)
    {
        var isEmpty = column is CollectionColumn collection ? collection.GetCount(row) == 0 : column.IsNull(row);
        if (!isEmpty)
        {
            changes.Add(new PropertyChange(column.Property.Name, null, JsonValueWriter.Format(column, row)));
        }
    }

    /// <summary>Adds the events that differ, before and after.</summary>
    private static void AddEventChanges(List<PropertyChange> changes, Table? old, int oldRow, Table now, int newRow)
    {
        var oldEvents = GetEvents(old, oldRow);
        var newEvents = GetEvents(now, newRow);
        var removed = oldEvents.Where(row => !newEvents.Any(other => IsSameEvent(row, other))).ToArray();
        var added = newEvents.Where(row => !oldEvents.Any(other => IsSameEvent(row, other))).ToArray();
        if (removed.Length + added.Length > 0)
        {
            changes.Add(new PropertyChange(EventsProperty, FormatEvents(removed), FormatEvents(added)));
        }
    }

    /// <summary>Compares the columns that editors maintain: the computed columns repeat values of the office.</summary>
    private static bool IsSameEvent((Table Table, int Row) one, (Table Table, int Row) other) =>
        EventSchema.Columns.All.Where(column => !column.IsComputed)
            .All(column => one.Table[column.Name].ValueEquals(one.Row, other.Table[column.Name], other.Row));

    private static (Table Table, int Row)[] GetEvents(Table? offices, int row)
    {
        if (row < 0)
        {
            return [];
        }

        var events = (NavigationColumn)offices![EventsProperty];
        return [.. events.GetTargets(row).ToArray().Select(eventRow => (events.Target, eventRow))];
    }

    /// <summary>Formats events as a JSON array of objects without the office id and values of the office; null for none.</summary>
    private static string? FormatEvents((Table Table, int Row)[] events)
    {
        if (events.Length == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartArray();
            foreach (var (table, row) in events)
            {
                json.WriteStartObject();
                JsonValueWriter.WriteProperties(json, table, row, isExcluded: property => ExcludedEventColumns.Contains(property.Name));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string GetChangeKind(string? oldStatus, int oldRow, string? newStatus, int newRow) => newStatus switch
    {
        _ when newRow < 0 => ChangeKind.Removed,
        _ when oldRow < 0 => ChangeKind.Added,
        _ when newStatus == oldStatus => ChangeKind.Changed,
        OfficeStatus.Open when oldStatus is OfficeStatus.Closed or OfficeStatus.TemporarilyClosed => ChangeKind.Reopened,
        OfficeStatus.Open => ChangeKind.Opened,
        OfficeStatus.Closed => ChangeKind.Closed,
        _ => ChangeKind.Changed,
    };
}
