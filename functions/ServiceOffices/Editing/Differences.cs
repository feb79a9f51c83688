using System.Globalization;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>What is different between an office as it stands and as it shall be.</summary>
internal static class Differences
{
    /// <param name="today">The day of which the statuses are, in Europe/Stockholm.</param>
    public static OfficeDifference Between(RegisterEntry? before, RegisterEntry? after, DateOnly today)
    {
        var properties = new List<PropertyChange>();
        Add("status", Status(before, today), Status(after, today));
        foreach (var column in OfficeRow.Columns)
        {
            Add(Form.Offices.OfStored(column.Name).Name, Text(column, before), Text(column, after));
        }

        var old = (before?.Events ?? []).ToDictionary(happened => happened.Number);
        var now = (after?.Events ?? []).ToDictionary(happened => happened.Number);
        return new OfficeDifference(
            (before ?? after)!.Office.Id,
            before is null ? "added" : after is null ? "removed" : "changed",
            properties,
            [.. old.Keys.Union(now.Keys).Order()
                .Select(number => new EventDifference(number, old.GetValueOrDefault(number), now.GetValueOrDefault(number)))
                .Where(difference => !Equals(difference.Before, difference.After))]);

        void Add(string name, string? was, string? becomes)
        {
            if (was != becomes)
            {
                properties.Add(new PropertyChange(name, was, becomes));
            }
        }
    }

    private static string? Status(RegisterEntry? entry, DateOnly today) => entry is null ? null : OfficeStatus.On(today, entry.Events);

    private static string? Text(RowColumn<Office> column, RegisterEntry? entry) => entry is null ? null : column.Value(entry.Office) switch
    {
        bool flag => flag ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null,
    };
}
