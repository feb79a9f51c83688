using ODataEngine.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders a map with the main town of every municipality: the farther to an open office, the larger and darker.</summary>
internal static class DistanceMap
{
    private static readonly Dictionary<string, double> Radii = new(StringComparer.Ordinal)
    {
        ["own"] = 9, ["d25"] = 6, ["d50"] = 8, ["d100"] = 11, ["far"] = 14,
    };

    public static void Render(HtmlBuilder html, PublicationView view, LocalizedString label)
    {
        var frame = MapFrame.Country;
        html.AppendLine($"""
            <svg class="map-picture access-map" viewBox="0 0 {frame.Width} {frame.Height}" role="img" aria-label="{label}">
            <path class="land-around" d="{frame.Neighbours}"/>
            <path class="land" d="{frame.Sweden}"/>
            """);
        // The farthest are drawn last, on top.
        foreach (var group in view.Municipalities.GroupBy(DistanceBand.For).OrderBy(group => Radii[group.Key.Name]))
        {
            html.AppendLine($"<g class=\"access-{group.Key.Name}\">");
            foreach (var item in group)
            {
                var (x, y) = frame.Project(item.Municipality.SeatLatitude, item.Municipality.SeatLongitude);
                html.AppendLine($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{Radii[group.Key.Name]}\"/>");
            }

            html.AppendLine($"</g>");
        }

        html.AppendLine($"</svg>");
    }
}

/// <summary>A class of distances to the nearest open office.</summary>
/// <param name="Name">The CSS class: <c>own</c>, <c>d25</c>, <c>d50</c>, <c>d100</c>, <c>far</c>.</param>
internal sealed record DistanceBand(string Name, LocalizedString Label, Func<PublishedMunicipality, bool> Contains)
{
    /// <summary>From the shortest to the longest distance; a municipality belongs to the first that applies.</summary>
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
