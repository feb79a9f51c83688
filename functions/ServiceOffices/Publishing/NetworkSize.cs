namespace ServiceOffices.Publishing;

/// <summary>How many offices had each status at the end of a local date on which some county's number moved.</summary>
public sealed record NetworkSize(DateOnly Date, int Proposed, int Planned, int Open, int TemporarilyClosed, int Closed)
{
    /// <summary>The whole network's line, in order of date.</summary>
    /// <param name="counties">Ordered by date.</param>
    public static IReadOnlyList<NetworkSize> SumByDate(IReadOnlyList<CountySize> counties) =>
    [
        .. counties.GroupBy(size => size.Date).Select(day => new NetworkSize(
            day.Key,
            day.Sum(size => size.Proposed),
            day.Sum(size => size.Planned),
            day.Sum(size => size.Open),
            day.Sum(size => size.TemporarilyClosed),
            day.Sum(size => size.Closed))),
    ];
}
