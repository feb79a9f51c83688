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
    public static IReadOnlyList<OpeningPeriod> Of(IEnumerable<LifecycleEvent> events, DateOnly today) =>
    [
        .. events
            .Where(happened => happened.Kind is "opened" or "reopened" or "closed")
            .Where(happened => happened.On <= today)
            .GroupBy(happened => (
                From: new DateOnly(happened.On.Year, happened.On.Month, 1),
                Precision: happened.Precision == "day" ? "month" : happened.Precision))
            .Select(group => new OpeningPeriod(
                group.Key.From,
                group.Key.Precision,
                group.Count(happened => happened.Kind != "closed"),
                group.Count(happened => happened.Kind == "closed")))
            .OrderBy(period => period.From)
            .ThenByDescending(period => period.Months),
    ];
}
