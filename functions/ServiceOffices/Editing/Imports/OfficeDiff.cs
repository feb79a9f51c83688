using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

/// <summary>Computes the differences between the current and the planned version of an office.</summary>
internal static class OfficeDiff
{
    /// <param name="getStatus">Computes the status of an entry.</param>
    public static OfficeDifference Compute(RegisterEntry? before, RegisterEntry? after, Func<RegisterEntry, string?> getStatus)
    {
        var properties = new List<PropertyChange>();
        AddIfChanged("status", before is null ? null : getStatus(before), after is null ? null : getStatus(after));
        foreach (var (column, oldValue, newValue) in EntryDiff.GetColumns(before, after))
        {
            AddIfChanged(EditForm.Offices.GetByStoredName(column.Name).Name, FormatValue(oldValue), FormatValue(newValue));
        }

        return new OfficeDifference(
            (before ?? after)!.Office.Id,
            before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed,
            properties,
            [.. EntryDiff.GetEvents(before, after).Select(difference => new EventDifference(difference.Number, difference.Before, difference.After))]);

        void AddIfChanged(string name, string? oldValue, string? newValue)
        {
            if (oldValue != newValue)
            {
                properties.Add(new PropertyChange(name, oldValue, newValue));
            }
        }
    }

    private static string? FormatValue(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
    };
}

/// <summary>An event that an import adds, changes or removes.</summary>
/// <param name="Before">Null if it is added.</param>
/// <param name="After">Null if it is removed.</param>
public sealed record EventDifference(int Number, LifecycleEvent? Before, LifecycleEvent? After);

/// <summary>Changes of one office by an import.</summary>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Properties">Each changed value, including today's status; for an added office all its values.</param>
/// <param name="Events">Each added, removed or changed event.</param>
public sealed record OfficeDifference(
    string OfficeId, string Kind, IReadOnlyList<PropertyChange> Properties, IReadOnlyList<EventDifference> Events);
