using System.Globalization;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>The days among which an event happened: one where its date is known, else the month, half-year or year.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Description">Null for one day; else the period's name, such as <c>June 2020</c>.</param>
internal sealed record EventPeriod(DateOnly From, DateOnly Until, LocalizedString? Description)
{
    // No culture of the machine: servers differ in which they have.
    private static readonly string[] SwedishMonths =
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];

    /// <summary>The period of a valid event, whose date is then the period's first day.</summary>
    public static EventPeriod FromEvent(LifecycleEvent lifecycleEvent)
    {
        var (on, year) = (lifecycleEvent.On, lifecycleEvent.On.Year.ToString(CultureInfo.InvariantCulture));
        return lifecycleEvent.Precision switch
        {
            "month" => new(on, on.AddMonths(1), new(
                $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(on.Month)} {year}", $"{SwedishMonths[on.Month - 1]} {year}")),
            "halfYear" when on.Month < 7 => new(on, on.AddMonths(6), new($"first half of {year}", $"första halvåret {year}")),
            "halfYear" => new(on, on.AddMonths(6), new($"second half of {year}", $"andra halvåret {year}")),
            "year" => new(on, on.AddMonths(12), new(year, year)),
            _ => new(on, on.AddDays(1), null),
        };
    }
}
