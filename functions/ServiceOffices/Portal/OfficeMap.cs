using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>The offices on Sweden's outline, with Stockholm drawn larger beside it: every place is a link, every status a shape of its own.</summary>
internal static class OfficeMap
{
    private const double InsetX = 4;
    private const double InsetY = 4;
    private const double InsetSize = 262;

    private static readonly string[] Statuses = ["open", "temporarilyClosed", "planned", "proposed", "closed", "withdrawn"];

    /// <param name="filter">Places where no office fits it are drawn faintly.</param>
    public static void Add(Html html, Network network, OfficeFilter filter)
    {
        var (country, stockholm) = (MapFrame.Country, MapFrame.Stockholm);
        html.Add($"""
            <figure class="map" id="map">
            <a class="skip" href="#after-map">{new Text("Skip the map", "Hoppa över kartan")}</a>
            <svg class="map-picture" viewBox="0 0 {country.Width} {country.Height}" role="group" aria-label="{new Text("Map of the offices; the list says the same", "Karta över kontoren; listan säger detsamma")}">
            """);
        AddMarks(html);
        html.Add($"""
            <path class="land-around" d="{country.Neighbours}"/>
            <path class="land" d="{country.Sweden}"/>
            """);
        var inInset = network.Places.Where(place => stockholm.Contains(stockholm.Place(place.Latitude, place.Longitude))).ToHashSet();
        foreach (var place in inInset)
        {
            var (x, y) = country.Place(place.Latitude, place.Longitude);
            html.Add($"<circle class=\"speck\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>");
        }

        AddInset(html, country, stockholm);
        foreach (var place in network.Places)
        {
            AddPlace(html, place, filter, inInset.Contains(place) ? Inset(stockholm.Place(place.Latitude, place.Longitude)) : country.Place(place.Latitude, place.Longitude));
        }

        html.Add($"</svg>\n<div class=\"map-card\" id=\"map-card\" role=\"status\" hidden=\"\"></div>");
        AddLegend(html, network);
        html.Add($"</figure>\n<div id=\"after-map\" tabindex=\"-1\"></div>");
    }

    /// <summary>One office's place, small.</summary>
    public static void AddLocator(Html html, OfficeFacts office)
    {
        var frame = MapFrame.Country;
        var (x, y) = frame.Place(office.Office.Latitude!.Value, office.Office.Longitude!.Value);
        html.Add($"""
            <svg class="locator" viewBox="0 0 {frame.Width} {frame.Height}" role="img" aria-label="{new Text($"Where in Sweden: {office.Municipality?.Name}", $"Var i Sverige: {office.Municipality?.Name}")}">
            <path class="land" d="{frame.Sweden}"/>
            <circle class="locator-ring" cx="{x}" cy="{y}" r="44"/>
            <circle class="locator-dot" cx="{x}" cy="{y}" r="18"/>
            </svg>
            """);
    }

    // Shapes, so that nobody needs to tell colours apart: full, ring, diamond, cross.
    private static void AddMarks(Html html) => html.Add($"""
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

    private static void AddInset(Html html, MapFrame country, MapFrame stockholm)
    {
        var x = (stockholm.West - country.West) / 1000;
        var y = (country.North - stockholm.North) / 1000;
        html.Add($"""
            <rect class="inset-source" x="{x}" y="{y}" width="{stockholm.Width}" height="{stockholm.Height}" rx="3"/>
            <rect class="inset-sea" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <svg x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" viewBox="0 0 {stockholm.Width} {stockholm.Height}"><path class="land" d="{stockholm.Sweden}"/></svg>
            <rect class="inset-frame" x="{InsetX}" y="{InsetY}" width="{InsetSize}" height="{InsetSize}" rx="10"/>
            <text class="inset-title" x="{InsetX + 6}" y="{InsetY + InsetSize + 30}">{new Text("Stockholm area", "Stockholmstrakten")}</text>
            """);
    }

    private static (double X, double Y) Inset((double X, double Y) place) =>
        (InsetX + (place.X * InsetSize / MapFrame.Stockholm.Width), InsetY + (place.Y * InsetSize / MapFrame.Stockholm.Height));

    private static void AddPlace(Html html, MapPlace place, OfficeFilter filter, (double X, double Y) at)
    {
        var shown = place.Offices.Where(filter.Matches).ToList();
        var drawn = shown.Count > 0 ? shown : place.Offices;
        var first = place.Offices[0];
        var link = place.Offices.Count == 1
            ? new PageAddress(PageKind.Office, html.Language, first.Id).ToString()
            : new PageAddress(PageKind.Offices, html.Language).ToString() + new OfficeFilter { Search = first.Municipality?.Name ?? first.Office.Name }.Query();
        var name = string.Join("; ", place.Offices.Select(office => $"{office.Office.Name}: {html.Language.Of(Labels.Of(Codes.Status, office.Status))}"));
        html.Add($"""
            <a class="place{(shown.Count == 0 ? " out" : "")}" href="{link}" aria-label="{name}" data-offices="{string.Join(' ', place.Offices.Select(office => office.Id))}">
            <title>{name}</title>
            <circle class="hit" cx="{at.X}" cy="{at.Y}" r="20"/>
            <use href="#m-{drawn[0].Status ?? "unknown"}" x="{at.X}" y="{at.Y}"/>
            """);
        // Beside the link and not in it: the link's name says them all.
        html.Add($"</a>");
        if (place.Offices.Count > 1)
        {
            html.Add($"<text class=\"many\" aria-hidden=\"true\" x=\"{at.X + 11}\" y=\"{at.Y - 9}\">{drawn.Count}</text>");
        }
    }

    private static void AddLegend(Html html, Network network)
    {
        html.Add($"<figcaption>\n<ul class=\"legend\">");
        foreach (var status in Statuses.Where(status => network.Count(status) > 0))
        {
            html.Add($"<li><span class=\"status status-{status}\">{Labels.Of(Codes.Status, status)}</span></li>");
        }

        html.Add($"</ul>");
        var unplaced = network.Offices.Count(office => !office.HasPlace);
        if (unplaced > 0)
        {
            html.Add($"<p class=\"hint\">{unplaced} {new Text("offices have no decided place and are in the list only.", "kontor saknar bestämd plats och finns bara i listan.")} {new Text("Points mark the municipality's seat where no closer place is known.", "Punkterna visar kommunens centralort där inget närmare läge är känt.")}</p>");
        }

        html.Add($"</figcaption>");
    }
}
