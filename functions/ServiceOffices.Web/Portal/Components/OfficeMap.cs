using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the map of the offices of Sweden, with an inset of Stockholm, or of one county. Each marker is a link.</summary>
internal static class OfficeMap
{
    private static readonly string[] LegendStatuses = [OfficeStatus.Open, OfficeStatus.TemporarilyClosed, OfficeStatus.Planned, OfficeStatus.Proposed, OfficeStatus.Closed, OfficeStatus.Withdrawn, OfficeStatus.Unknown];

    /// <param name="filter">The county is enlarged; markers without matching offices are faded.</param>
    public static void Render(HtmlBuilder html, PublicationView view, OfficeFilter filter)
    {
        var map = MapView.ForCounty(filter.County);
        var clusters = map.County is null ? view.Clusters : map.GetClusters(view.Offices);
        html.AppendLine($"""
            <figure class="map" id="map">
            <a class="skip" href="#after-map">{new LocalizedString("Skip the map", "Hoppa över kartan")}</a>
            """);
        RenderZoom(html, view, filter, map);
        html.AppendLine($"<svg class=\"map-picture{(map.County is null ? "" : " map-county")}\" viewBox=\"0 0 {MapView.Width} {map.Height}\" role=\"group\" aria-label=\"{GetLabel(view, map)}\">");
        MarkerSymbols.Render(html);
        map.RenderLand(html);
        CityLabels.Render(html, view, map, clusters);
        foreach (var cluster in clusters)
        {
            RenderMarker(html, cluster, filter);
        }

        html.AppendLine($"</svg>\n<div class=\"map-card\" id=\"map-card\" role=\"status\" hidden=\"\"></div>");
        RenderLegend(html, view);
        html.AppendLine($"</figure>\n<div id=\"after-map\" tabindex=\"-1\"></div>");
    }

    /// <summary>Renders a small map with the position of one office.</summary>
    public static void RenderLocator(HtmlBuilder html, OfficeView office)
    {
        var frame = MapFrame.Country;
        var (x, y) = frame.Project(office.Office.Latitude!.Value, office.Office.Longitude!.Value);
        html.AppendLine($"""
            <svg class="locator" viewBox="0 0 {frame.Width} {frame.Height}" role="img" aria-label="{new LocalizedString($"Location in Sweden: {office.Municipality?.Name}", $"Läge i Sverige: {office.Municipality?.Name}")}">
            <path class="land" d="{frame.Sweden}"/>
            <circle class="locator-ring" cx="{x}" cy="{y}" r="44"/>
            <circle class="locator-dot" cx="{x}" cy="{y}" r="18"/>
            </svg>
            """);
    }

    private static LocalizedString GetLabel(PublicationView view, MapView map)
    {
        var area = view.Counties.FirstOrDefault(county => county.Code == map.County) is { } county ? LabelFormatter.GetName(county) : new LocalizedString("Sweden", "Sverige");
        return new($"Map of the offices: {area.En}. The list contains the same information.", $"Karta över kontoren: {area.Sv}. Samma uppgifter finns i listan.");
    }

    // Links, so that the map can be enlarged without scripts; a script replaces only the map.
    private static void RenderZoom(HtmlBuilder html, PublicationView view, OfficeFilter filter, MapView map)
    {
        var page = new PageUrl(PageKind.Start, html.Language).ExplicitLanguageUrl;
        string GetLink(string? county) => (filter with { County = county }).ToQueryString() is { Length: > 0 } query
            ? page + (page.Contains('?', StringComparison.Ordinal) ? "&" + query[1..] : query) + "#map"
            : page + "#map";
        html.AppendLine($"""
            <details class="zoom">
            <summary>{new LocalizedString("Show one county", "Visa ett län")}</summary>
            <ul class="chips">
            """);
        foreach (var county in view.Counties)
        {
            RenderLink(county.Code, LabelFormatter.GetName(county));
        }

        html.AppendLine($"</ul>\n</details>");
        html.AppendLine($"<p class=\"zoom-out\"{map.County is null:hidden}><a href=\"{GetLink(null)}\" data-county=\"\">{new LocalizedString("Show all of Sweden", "Visa hela landet")}</a></p>");

        void RenderLink(string county, LocalizedString name)
        {
            if (county == map.County)
            {
                html.AppendLine($"<li><a class=\"chip\" href=\"{GetLink(county)}\" data-county=\"{county}\" aria-current=\"true\">{name}</a></li>");
            }
            else
            {
                html.AppendLine($"<li><a class=\"chip\" href=\"{GetLink(county)}\" data-county=\"{county}\">{name}</a></li>");
            }
        }
    }

    private static void RenderMarker(HtmlBuilder html, MarkerCluster cluster, OfficeFilter filter)
    {
        var matching = cluster.Offices.Where(filter.Matches).ToList();
        var drawn = matching.Count > 0 ? matching : cluster.Offices;
        var name = string.Join("; ", cluster.Offices.Select(office => $"{office.Office.Name}: {html.Language.Localize(LabelFormatter.GetLabel(Codes.Status, office.Status))}"));
        html.AppendLine($"""
            <a class="place{(matching.Count == 0 ? " out" : "")}" href="{GetLink(html, cluster)}" aria-label="{name}" data-offices="{string.Join(' ', cluster.Offices.Select(office => office.Id))}">
            <title>{name}</title>
            <circle class="hit" cx="{cluster.X}" cy="{cluster.Y}" r="{MarkerCluster.MinDistance / 2}"/>
            <use href="#m-{drawn[0].Status ?? OfficeStatus.Unknown}" x="{cluster.X}" y="{cluster.Y}"/>
            """);
        // Outside the link, because the accessible name of the link lists all offices.
        html.AppendLine($"</a>");
        if (cluster.Offices.Count > 1)
        {
            html.AppendLine($"<text class=\"many\" aria-hidden=\"true\" x=\"{cluster.X + MarkerCluster.NumberX}\" y=\"{cluster.Y + MarkerCluster.NumberY}\">{drawn.Count}</text>");
        }
    }

    /// <summary>Gets the page of the office, or the list of the offices of the municipality, or the list ordered by distance.</summary>
    private static string GetLink(HtmlBuilder html, MarkerCluster cluster)
    {
        var first = cluster.Offices[0];
        if (cluster.Offices.Count == 1)
        {
            return new PageUrl(PageKind.Office, html.Language, first.Id).ToString();
        }

        var isOneMunicipality = cluster.Offices.All(office => office.Municipality == first.Municipality);
        var query = isOneMunicipality || first.Municipality is null
            ? new OfficeFilter { Search = first.Municipality?.Name ?? first.Office.Name }.ToQueryString()
            : $"?{OfficeFilter.NearParameter}={first.Municipality.Code}";
        return new PageUrl(PageKind.Offices, html.Language) + query;
    }

    private static void RenderLegend(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"<figcaption>\n<ul class=\"legend\">");
        foreach (var status in LegendStatuses.Where(status => view.CountByStatus(status) > 0))
        {
            html.AppendLine($"<li><span class=\"status status-{status}\">{LabelFormatter.GetLabel(Codes.Status, status)}</span></li>");
        }

        html.AppendLine($"</ul>\n<p class=\"hint\">{new LocalizedString("A number shows how many offices a point stands for.", "En siffra visar hur många kontor en punkt står för.")}");
        var unplaced = view.Offices.Count(office => !office.HasCoordinates);
        if (unplaced > 0)
        {
            html.AppendLine($"{unplaced} {new LocalizedString("offices have no decided location and appear only in the list.", "kontor saknar bestämd plats och visas bara i listan.")} {new LocalizedString("If the exact position is not known, the point shows the main town of the municipality.", "När det exakta läget inte är känt visar punkten kommunens centralort.")}");
        }

        html.AppendLine($"</p>\n</figcaption>");
    }
}
