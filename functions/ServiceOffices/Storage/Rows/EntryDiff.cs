using ServiceOffices.Register.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Storage.Rows;

/// <summary>The differences between two versions of an office with its events.</summary>
internal static class EntryDiff
{
    /// <summary>Gets the stored columns that differ, in their order; every value of a missing version is null.</summary>
    public static IEnumerable<(StoredColumn<Office> Column, object? Before, object? After)> GetColumns(RegisterEntry? before, RegisterEntry? after)
    {
        foreach (var column in OfficeSchema.Columns.Stored)
        {
            var (oldValue, newValue) = (before is null ? null : column.GetValue(before.Office), after is null ? null : column.GetValue(after.Office));
            if (!Equals(oldValue, newValue))
            {
                yield return (column, oldValue, newValue);
            }
        }
    }

    /// <summary>Gets the events that differ, ordered by number; null for an event that a version does not have.</summary>
    public static IEnumerable<(int Number, LifecycleEvent? Before, LifecycleEvent? After)> GetEvents(RegisterEntry? before, RegisterEntry? after)
    {
        var oldEvents = (before?.Events ?? []).ToDictionary(lifecycleEvent => lifecycleEvent.Number);
        var newEvents = (after?.Events ?? []).ToDictionary(lifecycleEvent => lifecycleEvent.Number);
        foreach (var number in oldEvents.Keys.Union(newEvents.Keys).Order())
        {
            var (oldEvent, newEvent) = (oldEvents.GetValueOrDefault(number), newEvents.GetValueOrDefault(number));
            if (!Equals(oldEvent, newEvent))
            {
                yield return (number, oldEvent, newEvent);
            }
        }
    }
}
