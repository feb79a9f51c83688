using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Every municipality's seat, the larger and darker the farther it is to an open office.</summary>
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
        // The far ones last: they are what the picture is about.
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
