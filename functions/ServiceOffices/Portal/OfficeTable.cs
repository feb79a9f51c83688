using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>
/// Offices as rows. Every office is there and those that the filter leaves out are hidden, so that a script can narrow and
/// sort what a reader without one gets from the server.
/// </summary>
internal static class OfficeTable
{
    private static readonly Dictionary<string, Text> Heads = new()
    {
        ["name"] = new("Office", "Kontor"),
        ["status"] = new("Status", "Status"),
        ["municipality"] = new("Municipality", "Kommun"),
        ["county"] = new("County", "Län"),
    };

    /// <summary>All columns, each a link that sorts by it.</summary>
    public static void Add(Html html, OfficeFilter filter, Network network, PageAddress page)
    {
        html.Add($"""
            <div class="table-frame">
            <table class="offices" id="offices">
            <caption class="unseen">{new Text("Service offices", "Servicekontor")}</caption>
            <thead><tr>
            """);
        foreach (var (name, path) in OfficeFilter.Sorts)
        {
            var label = Heads[name];
            var isSorted = filter.Near is null && filter.Sort == name;
            var link = page.ToString() + (filter with { Near = null }).Query(name, isSorted && !filter.Descending);
            html.Add($"<th scope=\"col\" class=\"col-{name}\" aria-sort=\"{(!isSorted ? "none" : filter.Descending ? "descending" : "ascending")}\"><a class=\"sort\" href=\"{link}\" data-sort=\"{name}\" data-path=\"{path}\">{label}</a></th>");
        }

        html.Add($"""
            <th scope="col" class="col-since">{new Text("Since", "Sedan")}</th>
            <th scope="col" class="col-distance num"{filter.Near is null:hidden}>{new Text("Distance", "Avstånd")}</th>
            </tr></thead>
            <tbody>
            """);
        AddRows(html, filter, network, isShort: false);
        html.Add($"</tbody>\n</table>\n</div>");
    }

    /// <summary>Names and statuses only, for beside the map.</summary>
    public static void AddShort(Html html, OfficeFilter filter, Network network)
    {
        html.Add($"""
            <section class="table-frame table-scroll" tabindex="0" aria-label="{new Text("List of offices", "Lista över kontor")}">
            <table class="offices offices-short" id="offices">
            <caption class="unseen">{new Text("Service offices", "Servicekontor")}</caption>
            <thead><tr>
            <th scope="col" class="col-name">{Heads["name"]}</th><th scope="col" class="col-status">{Heads["status"]}</th>
            <th scope="col" class="col-distance num"{filter.Near is null:hidden}>{new Text("Distance", "Avstånd")}</th>
            </tr></thead>
            <tbody>
            """);
        AddRows(html, filter, network, isShort: true);
        html.Add($"</tbody>\n</table>\n</section>");
    }

    private static void AddRows(Html html, OfficeFilter filter, Network network, bool isShort)
    {
        var byName = network.Offices.Select((office, i) => (office.Id, i)).ToDictionary(StringComparer.Ordinal);
        var byCounty = network.Counties.Select((county, i) => (county.Code, i)).ToDictionary(StringComparer.Ordinal);
        var byMunicipality = network.Municipalities.Select((item, i) => (item.Municipality.Code, i)).ToDictionary(StringComparer.Ordinal);
        foreach (var office in filter.Order(network.Offices))
        {
            var at = office.Office is { Latitude: { } latitude, Longitude: { } longitude }
                ? $"{OfficeFilter.Coordinate(latitude)},{OfficeFilter.Coordinate(longitude)}" : "";
            html.Add($"<tr id=\"o-{office.Id}\" data-text=\"{office.SearchText}\" data-status=\"{office.Status}\" data-county=\"{office.Published.CountyCode}\" data-agency=\"{string.Join(' ', office.Published.Agencies)}\" data-video=\"{(office.Office.VideoMeetings == true ? "true" : "")}\" data-at=\"{at}\"{!filter.Matches(office):hidden}>");
            html.Add($"<th scope=\"row\" class=\"col-name\" data-order=\"{byName[office.Id]}\"><a href=\"{new PageAddress(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a><span class=\"where\">{Where(office)}</span></th>");
            html.Add($"<td class=\"col-status\" data-order=\"{MapPlace.Rank(office.Status)}\">");
            AddStatus(html, office);
            html.Add($"</td>");
            if (!isShort)
            {
                html.Add($"<td class=\"col-municipality\" data-order=\"{byMunicipality.GetValueOrDefault(office.Municipality?.Code ?? "", -1)}\">{office.Municipality?.Name ?? "–"}</td>");
                html.Add($"<td class=\"col-county\" data-order=\"{byCounty.GetValueOrDefault(office.County?.Code ?? "", -1)}\">{(office.County is { } county ? Labels.Name(county) : new Text("–", "–"))}</td>");
                html.Add($"<td class=\"col-since\">{(office.StatusEvent is { } since ? Labels.ShortDate(since.On, since.Precision) : new Text("–", "–"))}</td>");
            }

            html.Add($"<td class=\"col-distance num\"{filter.Near is null:hidden}>{(filter.DistanceKm(office) is { } km ? Labels.Kilometres(km) : new Text("–", "–"))}</td>");
            html.Add($"</tr>");
        }
    }

    /// <summary>The status with its mark; what is announced beside it.</summary>
    public static void AddStatus(Html html, OfficeFacts office)
    {
        html.Add($"<span class=\"status status-{office.Status ?? "unknown"}\">{Labels.Of(Codes.Status, office.Status)}</span>");
        if (office.IsClosing)
        {
            html.Add($"<span class=\"tag\">{new Text("closing announced", "stängning aviserad")}</span>");
        }
        else if (office.IsReopening)
        {
            html.Add($"<span class=\"tag\">{new Text("reopening announced", "återöppning aviserad")}</span>");
        }
    }

    private static Text Where(OfficeFacts office) => office is { Municipality: { } municipality, County: { } county }
        ? new($"{municipality.Name}, {county.NameEn}", $"{municipality.Name}, {county.NameSv}")
        : new("Place not decided", "Plats inte bestämd");
}
