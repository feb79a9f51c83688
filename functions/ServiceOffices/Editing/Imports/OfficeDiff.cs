using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

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

/// <summary>An event that an import adds, changes or takes away.</summary>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it goes.</param>
public sealed record EventDifference(int Number, LifecycleEvent? Before, LifecycleEvent? After);

/// <summary>What an import changes of one office.</summary>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Properties">Each value that becomes another, the status of today among them; of an office that is new those that it has.</param>
/// <param name="Events">Each event that comes, goes or becomes another: its number, before and after.</param>
public sealed record OfficeDifference(
    string OfficeId, string Kind, IReadOnlyList<PropertyChange> Properties, IReadOnlyList<EventDifference> Events);
