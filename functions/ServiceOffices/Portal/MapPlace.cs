namespace ServiceOffices.Portal;

/// <summary>A place on the map with every office there: most are known by their municipality's seat only.</summary>
/// <param name="Offices">At least one, those open first.</param>
internal sealed record MapMarker(double Latitude, double Longitude, IReadOnlyList<OfficeView> Offices)
{
    // What a reader looks for comes first.
    private static readonly string[] StatusOrder = ["open", "temporarilyClosed", "planned", "proposed", "closed", "withdrawn"];

    /// <summary>The status that the place is drawn with: of its offices, the first of the order open, temporarily closed, planned, proposed, closed.</summary>
    public string? Status => Offices[0].Status;

    /// <summary>A status's place in that order; one that is not known comes last.</summary>
    public static int GetStatusRank(string? status) => Array.IndexOf(StatusOrder, status) is >= 0 and var rank ? rank : StatusOrder.Length;

    public static IReadOnlyList<MapMarker> FromOffices(IEnumerable<OfficeView> offices) =>
    [
        .. offices.Where(office => office.HasCoordinates)
            .GroupBy(office => (office.Office.Latitude!.Value, office.Office.Longitude!.Value))
            .Select(group => new MapMarker(group.Key.Item1, group.Key.Item2, [.. group.OrderBy(office => GetStatusRank(office.Status))]))
            .OrderByDescending(marker => marker.Latitude)
            .ThenBy(marker => marker.Longitude),
    ];
}
