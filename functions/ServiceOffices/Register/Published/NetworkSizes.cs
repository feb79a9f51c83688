using ServiceOffices.Register.Model;

namespace ServiceOffices.Register.Published;

/// <summary>
/// The number of offices of a county by status at the end of a local date on which the number changed in any county. Every
/// county has a row for each such date, so that the rows of a date add up to the whole network.
/// </summary>
/// <param name="CountyCode">SCB's two digits, or <see cref="UnknownCounty"/>.</param>
public sealed record CountySize(DateOnly Date, string CountyCode, int Proposed, int Planned, int Open, int TemporarilyClosed, int Closed, int Unknown)
{
    /// <summary>The county code of offices whose location is not decided.</summary>
    public const string UnknownCounty = "unknown";

    /// <summary>Computes the rows from the first event to the last on or before <paramref name="today"/>, ordered by date, then county, the unknown one last.</summary>
    public static IReadOnlyList<CountySize> ComputeAll(
        IReadOnlyList<PublishedOffice> offices, IReadOnlyList<LifecycleEvent> events, ReferenceData reference, DateOnly today)
    {
        var eventsByOffice = events.ToLookup(lifecycleEvent => lifecycleEvent.OfficeId, StringComparer.Ordinal);
        var transitions = new SortedDictionary<DateOnly, Dictionary<(string County, string Status), int>>();
        foreach (var office in offices)
        {
            AddTransitions(transitions, office.CountyCode ?? UnknownCounty, OfficeStatus.ComputePeriods(eventsByOffice[office.Office.Id], reference.PlanExpiryMonths).Where(period => period.From <= today));
        }

        string[] codes =
        [
            .. reference.Counties.Select(county => county.Code),
            .. offices.Any(office => office.CountyCode is null) ? [UnknownCounty] : Array.Empty<string>(),
        ];
        var totals = new Dictionary<(string County, string Status), int>();
        var sizes = new List<CountySize>();
        // An office can take over the status that another office of the county leaves on the same day.
        foreach (var (date, day) in transitions.Where(day => day.Value.Values.Any(change => change != 0)))
        {
            foreach (var (key, change) in day)
            {
                totals[key] = totals.GetValueOrDefault(key) + change;
            }

            sizes.AddRange(codes.Select(county => new CountySize(
                date,
                county,
                totals.GetValueOrDefault((county, OfficeStatus.Proposed)),
                totals.GetValueOrDefault((county, OfficeStatus.Planned)),
                totals.GetValueOrDefault((county, OfficeStatus.Open)),
                totals.GetValueOrDefault((county, OfficeStatus.TemporarilyClosed)),
                totals.GetValueOrDefault((county, OfficeStatus.Closed)),
                totals.GetValueOrDefault((county, OfficeStatus.Unknown)))));
        }

        return sizes;
    }

    private static void AddTransitions(
        SortedDictionary<DateOnly, Dictionary<(string County, string Status), int>> transitions, string county, IEnumerable<StatusPeriod> periods)
    {
        string? before = null;
        foreach (var (from, after) in periods)
        {
            var day = transitions.TryGetValue(from, out var known) ? known : transitions[from] = [];
            day[(county, after)] = day.GetValueOrDefault((county, after)) + 1;
            if (before is not null)
            {
                day[(county, before)] = day.GetValueOrDefault((county, before)) - 1;
            }

            before = after;
        }
    }
}

/// <summary>The number of offices by status at the end of a local date on which the number changed in any county.</summary>
public sealed record NetworkSize(DateOnly Date, int Proposed, int Planned, int Open, int TemporarilyClosed, int Closed, int Unknown)
{
    /// <summary>Adds up the counties of each date, ordered by date.</summary>
    /// <param name="counties">Ordered by date.</param>
    public static IReadOnlyList<NetworkSize> SumByDate(IReadOnlyList<CountySize> counties) =>
    [
        .. counties.GroupBy(size => size.Date).Select(day => new NetworkSize(
            day.Key,
            day.Sum(size => size.Proposed),
            day.Sum(size => size.Planned),
            day.Sum(size => size.Open),
            day.Sum(size => size.TemporarilyClosed),
            day.Sum(size => size.Closed),
            day.Sum(size => size.Unknown))),
    ];
}
