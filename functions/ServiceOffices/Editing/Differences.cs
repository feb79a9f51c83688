using System.Globalization;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>What is different between an office as it stands and as it shall be.</summary>
internal static class OfficeDiff
{
    /// <param name="today">The day of which the statuses are, in Europe/Stockholm.</param>
    public static OfficeDifference Compute(RegisterEntry? before, RegisterEntry? after, DateOnly today)
    {
        var properties = new List<PropertyChange>();
        AddIfChanged("status", GetStatus(before, today), GetStatus(after, today));
        foreach (var column in OfficeRow.Columns)
        {
            AddIfChanged(EditForm.Offices.GetByStoredName(column.Name).Name, FormatValue(column, before), FormatValue(column, after));
        }

        var oldEvents = (before?.Events ?? []).ToDictionary(lifecycleEvent => lifecycleEvent.Number);
        var newEvents = (after?.Events ?? []).ToDictionary(lifecycleEvent => lifecycleEvent.Number);
        return new OfficeDifference(
            (before ?? after)!.Office.Id,
            before is null ? "added" : after is null ? "removed" : "changed",
            properties,
            [.. oldEvents.Keys.Union(newEvents.Keys).Order()
                .Select(number => new EventDifference(number, oldEvents.GetValueOrDefault(number), newEvents.GetValueOrDefault(number)))
                .Where(difference => !Equals(difference.Before, difference.After))]);

        void AddIfChanged(string name, string? oldValue, string? newValue)
        {
            if (oldValue != newValue)
            {
                properties.Add(new PropertyChange(name, oldValue, newValue));
            }
        }
    }

    private static string? GetStatus(RegisterEntry? entry, DateOnly today) => entry is null ? null : OfficeStatus.ComputeOn(today, entry.Events);

    private static string? FormatValue(StoredColumn<Office> column, RegisterEntry? entry) => entry is null ? null : column.GetValue(entry.Office) switch
    {
        bool flag => flag ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
    };
}
