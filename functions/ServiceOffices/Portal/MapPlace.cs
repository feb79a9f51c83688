namespace ServiceOffices.Portal;

/// <summary>A place on the map with every office there: most are known by their municipality's seat only.</summary>
/// <param name="Offices">At least one, those open first.</param>
internal sealed record MapPlace(double Latitude, double Longitude, IReadOnlyList<OfficeFacts> Offices)
{
    // What a reader looks for comes first.
    private static readonly string[] Ranks = ["open", "temporarilyClosed", "planned", "proposed", "closed", "withdrawn"];

    /// <summary>The status that the place is drawn with: of its offices, the first of the order open, temporarily closed, planned, proposed, closed.</summary>
    public string? Status => Offices[0].Status;

    /// <summary>A status's place in that order; one that is not known comes last.</summary>
    public static int Rank(string? status) => Array.IndexOf(Ranks, status) is >= 0 and var rank ? rank : Ranks.Length;

    public static IReadOnlyList<MapPlace> Of(IEnumerable<OfficeFacts> offices) =>
    [
        .. offices.Where(office => office.HasPlace)
            .GroupBy(office => (office.Office.Latitude!.Value, office.Office.Longitude!.Value))
            .Select(group => new MapPlace(group.Key.Item1, group.Key.Item2, [.. group.OrderBy(office => Rank(office.Status))]))
            .OrderByDescending(place => place.Latitude)
            .ThenBy(place => place.Longitude),
    ];
}
