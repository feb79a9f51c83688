using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>Renders the map of offices with an inset of Stockholm. Each marker is a link, and each status has its own shape.</summary>
internal static class OfficeMap
{
    private const double InsetX = 4;
    private const double InsetY = 4;
    private const double InsetSize = 262;

    private static readonly string[] LegendStatuses = [OfficeStatus.Open, OfficeStatus.TemporarilyClosed, OfficeStatus.Planned, OfficeStatus.Proposed, OfficeStatus.Closed, OfficeStatus.Withdrawn, OfficeStatus.Unknown];

    /// <param name="filter">Markers without matching offices are faded.</param>
    public static void Render(HtmlBuilder html, PublicationView view, OfficeFilter filter)
    {
        var (country, stockholm) = (MapFrame.Country, MapFrame.Stockholm);
        html.AppendLine($"""
            <figure class="map" id="map">
            <a class="skip" href="#after-map">{new LocalizedString("Skip the map", "Hoppa över kartan")}</a>
            <svg class="map-picture" viewBox="0 0 {country.Width} {country.Height}" role="group" aria-label="{new LocalizedString("Map of the offices. The list contains the same information.", "Karta över kontoren. Samma uppgifter finns i listan.")}">
            """);
        RenderSymbols(html);
        html.AppendLine($"""
            <path class="land-around" d="{country.Neighbours}"/>
            <path class="land" d="{country.Sweden}"/>
            """);
        var inInset = view.Markers.Where(marker => stockholm.Contains(stockholm.Project(marker.Latitude, marker.Longitude))).ToHashSet();
        foreach (var marker in inInset)
        {
            var (x, y) = country.Project(marker.Latitude, marker.Longitude);
            html.AppendLine($"<circle class=\"speck\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>");
        }

        RenderInset(html, country, stockholm);
        foreach (var marker in view.Markers)
        {
            RenderMarker(html, marker, filter, inInset.Contains(marker) ? ToInsetPoint(stockholm.Project(marker.Latitude, marker.Longitude)) : country.Project(marker.Latitude, marker.Longitude));
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

    // Different shapes, so that colours are not needed to tell them apart: disc, ring, diamond, cross.
    private static void RenderSymbols(HtmlBuilder html) => html.AppendLine($"""
        <defs>
        <g id="m-open"><circle class="edge" r="12"/><circle class="fill-open" r="9.5"/></g>
        <g id="m-temporarilyClosed"><circle class="edge" r="12"/><path class="stroke-temporarilyClosed" d="M0-8A8 8 0 1 0 0 8z"/><circle class="ring-temporarilyClosed" r="8"/></g>
        <g id="m-planned"><circle class="edge" r="11.5"/><circle class="ring-planned" r="7.5"/></g>
        <g id="m-proposed"><path class="edge" d="M0-12 12 0 0 12-12 0z"/><path class="ring-proposed" d="M0-8 8 0 0 8-8 0z"/></g>
        <g id="m-closed"><path class="cross-edge" d="M-7-7 7 7M7-7-7 7"/><path class="cross-closed" d="M-7-7 7 7M7-7-7 7"/></g>
        <g id="m-withdrawn"><path class="cross-edge" d="M-7 0H7"/><path class="cross-closed" d="M-7 0H7"/></g>
        <g id="m-unknown"><circle class="edge" r="8"/><circle class="ring-unknown" r="5"/></g>
        </defs>
        """);

    private static void RenderInset(HtmlBuilder html, MapFrame country, MapFrame stockholm)
    {
        var x = (stockholm.West - country.West) / 1000;
        var y = (country.North - stockholm.North) / 1000;
        html.AppendLine($"""
            <rect class="inset-source" x="{x}" y="{y}" width="{stockholm.Width}" height="{stockholm.Height}" rx="3"/>
            <rect class="inset-sea" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <svg x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" viewBox="0 0 {stockholm.Width} {stockholm.Height}"><path class="land" d="{stockholm.Sweden}"/></svg>
            <rect class="inset-frame" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <text class="inset-title" x="{InsetX + 6}" y="{InsetY + InsetSize + 30}">{new LocalizedString("Stockholm area", "Stockholmsområdet")}</text>
            """);
    }

    private static (double X, double Y) ToInsetPoint((double X, double Y) point) =>
        (InsetX + (point.X * InsetSize / MapFrame.Stockholm.Width), InsetY + (point.Y * InsetSize / MapFrame.Stockholm.Height));

    private static void RenderMarker(HtmlBuilder html, MapMarker marker, OfficeFilter filter, (double X, double Y) point)
    {
        var matching = marker.Offices.Where(filter.Matches).ToList();
        var drawn = matching.Count > 0 ? matching : marker.Offices;
        var first = marker.Offices[0];
        var link = marker.Offices.Count == 1
            ? new PageUrl(PageKind.Office, html.Language, first.Id).ToString()
            : new PageUrl(PageKind.Offices, html.Language).ToString() + new OfficeFilter { Search = first.Municipality?.Name ?? first.Office.Name }.ToQueryString();
        var name = string.Join("; ", marker.Offices.Select(office => $"{office.Office.Name}: {html.Language.Localize(LabelFormatter.GetLabel(Codes.Status, office.Status))}"));
        html.AppendLine($"""
            <a class="place{(matching.Count == 0 ? " out" : "")}" href="{link}" aria-label="{name}" data-offices="{string.Join(' ', marker.Offices.Select(office => office.Id))}">
            <title>{name}</title>
            <circle class="hit" cx="{point.X}" cy="{point.Y}" r="20"/>
            <use href="#m-{drawn[0].Status ?? "unknown"}" x="{point.X}" y="{point.Y}"/>
            """);
        // Outside the link, because the accessible name of the link lists all offices.
        html.AppendLine($"</a>");
        if (marker.Offices.Count > 1)
        {
            html.AppendLine($"<text class=\"many\" aria-hidden=\"true\" x=\"{point.X + 11}\" y=\"{point.Y - 9}\">{drawn.Count}</text>");
        }
    }

    private static void RenderLegend(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"<figcaption>\n<ul class=\"legend\">");
        foreach (var status in LegendStatuses.Where(status => view.CountByStatus(status) > 0))
        {
            html.AppendLine($"<li><span class=\"status status-{status}\">{LabelFormatter.GetLabel(Codes.Status, status)}</span></li>");
        }

        html.AppendLine($"</ul>");
        var unplaced = view.Offices.Count(office => !office.HasCoordinates);
        if (unplaced > 0)
        {
            html.AppendLine($"<p class=\"hint\">{unplaced} {new LocalizedString("offices have no decided location and appear only in the list.", "kontor saknar bestämd plats och visas bara i listan.")} {new LocalizedString("If the exact position is not known, the point shows the main town of the municipality.", "När det exakta läget inte är känt visar punkten kommunens centralort.")}</p>");
        }

        html.AppendLine($"</figcaption>");
    }
}
