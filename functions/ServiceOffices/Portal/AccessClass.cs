using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>How far a municipality has to an open office, in classes that a picture can show.</summary>
/// <param name="Name">Of its look: <c>own</c>, <c>d25</c>, <c>d50</c>, <c>d100</c>, <c>far</c>.</param>
internal sealed record DistanceBand(string Name, LocalizedString Label, Func<PublishedMunicipality, bool> Contains)
{
    /// <summary>From the best to the worst; each municipality is in the first that holds for it.</summary>
    public static readonly IReadOnlyList<DistanceBand> All =
    [
        new("own", new("Open office in the municipality", "Öppet kontor i kommunen"), item => item.OfficesOpen > 0),
        new("d25", new("Up to 25 km", "Högst 25 km"), item => item.DistanceToNearestOpenOfficeKm <= 25),
        new("d50", new("25 to 50 km", "25 till 50 km"), item => item.DistanceToNearestOpenOfficeKm <= 50),
        new("d100", new("50 to 100 km", "50 till 100 km"), item => item.DistanceToNearestOpenOfficeKm <= 100),
        new("far", new("More than 100 km", "Mer än 100 km"), _ => true),
    ];

    public static DistanceBand For(PublishedMunicipality municipality) => All.First(item => item.Contains(municipality));
}
