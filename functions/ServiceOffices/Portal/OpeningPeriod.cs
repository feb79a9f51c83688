using ServiceOffices.Register;

namespace ServiceOffices.Portal;

/// <summary>How many offices opened and closed in a month, or in the half-year or year that is all that is known of the date.</summary>
/// <param name="From">The period's first day.</param>
/// <param name="Precision">One of <see cref="Codes.Precision"/>, never <c>day</c>.</param>
/// <param name="Opened">Openings and reopenings.</param>
internal sealed record OpeningPeriod(DateOnly From, string Precision, int Opened, int Closed)
{
    public int Months => Precision switch
    {
        "year" => 12,
        "halfYear" => 6,
        _ => 1,
    };

    /// <summary>The periods in which something happened by a day, ordered by their first day.</summary>
    public static IReadOnlyList<OpeningPeriod> FromEvents(IEnumerable<LifecycleEvent> events, DateOnly today) =>
    [
        .. events
            .Where(lifecycleEvent => lifecycleEvent.Kind is "opened" or "reopened" or "closed")
            .Where(lifecycleEvent => lifecycleEvent.On <= today)
            .GroupBy(lifecycleEvent => (
                From: new DateOnly(lifecycleEvent.On.Year, lifecycleEvent.On.Month, 1),
                Precision: lifecycleEvent.Precision == "day" ? "month" : lifecycleEvent.Precision))
            .Select(group => new OpeningPeriod(
                group.Key.From,
                group.Key.Precision,
                group.Count(lifecycleEvent => lifecycleEvent.Kind != "closed"),
                group.Count(lifecycleEvent => lifecycleEvent.Kind == "closed")))
            .OrderBy(period => period.From)
            .ThenByDescending(period => period.Months),
    ];
}
