using ODataEngine.Model;
using ServiceOffices.Register.Model;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>
/// Renders offices as a table. It contains all offices; those that do not match are hidden, so that a script can filter and
/// sort the same rows.
/// </summary>
internal static class OfficeTable
{
    private static readonly Dictionary<string, LocalizedString> Headings = new()
    {
        ["name"] = new("Office", "Kontor"),
        ["status"] = new("Status", "Status"),
        ["municipality"] = new("Municipality", "Kommun"),
        ["county"] = new("County", "Län"),
    };

    /// <summary>Renders the table with all columns; the headings are links that sort.</summary>
    public static void Render(HtmlBuilder html, OfficeFilter filter, PublicationView view, PageUrl page)
    {
        RenderDistanceNote(html, filter);
        RenderSkipLink(html);
        html.AppendLine($"""
            <div class="table-frame">
            <table class="offices" id="offices">
            <caption class="visually-hidden">{new LocalizedString("Service offices", "Servicekontor")}</caption>
            <thead><tr>
            """);
        foreach (var (name, path) in OfficeFilter.SortColumns)
        {
            var label = Headings[name];
            var isSorted = filter.Near is null && filter.Sort == name;
            var link = page.ToString() + (filter with { Near = null }).ToQueryString(name, isSorted && !filter.IsDescending);
            html.AppendLine($"<th scope=\"col\" class=\"col-{name}\" aria-sort=\"{(!isSorted ? "none" : filter.IsDescending ? "descending" : "ascending")}\"><a class=\"sort\" href=\"{link}\" data-sort=\"{name}\" data-path=\"{path}\">{label}</a></th>");
        }

        html.AppendLine($"""
            <th scope="col" class="col-since">{new LocalizedString("Since", "Sedan")}</th>
            <th scope="col" class="col-distance num"{filter.Near is null:hidden}>{new LocalizedString("Distance", "Avstånd")}</th>
            </tr></thead>
            """);
        RenderGroups(html, filter, view, isCompact: false);
        html.AppendLine($"</table>\n</div>\n<div id=\"after-list\" tabindex=\"-1\"></div>");
    }

    /// <summary>Renders a table with names and statuses, for display next to the map.</summary>
    public static void RenderCompact(HtmlBuilder html, OfficeFilter filter, PublicationView view)
    {
        RenderDistanceNote(html, filter);
        RenderSkipLink(html);
        html.AppendLine($"""
            <section class="table-frame table-scroll" tabindex="0" aria-label="{new LocalizedString("List of offices", "Lista över kontor")}">
            <table class="offices offices-short" id="offices">
            <caption class="visually-hidden">{new LocalizedString("Service offices", "Servicekontor")}</caption>
            <thead><tr>
            <th scope="col" class="col-name">{Headings["name"]}</th><th scope="col" class="col-status">{Headings["status"]}</th>
            <th scope="col" class="col-distance num"{filter.Near is null:hidden}>{new LocalizedString("Distance", "Avstånd")}</th>
            </tr></thead>
            """);
        RenderGroups(html, filter, view, isCompact: true);
        html.AppendLine($"</table>\n</section>\n<div id=\"after-list\" tabindex=\"-1\"></div>");
    }

    private static void RenderSkipLink(HtmlBuilder html) =>
        html.AppendLine($"<a class=\"skip\" href=\"#after-list\">{new LocalizedString("Skip the list", "Hoppa över listan")}</a>");

    // Positions are only known for offices that sources name, so the nearest office is at most that far away.
    private static void RenderDistanceNote(HtmlBuilder html, OfficeFilter filter) =>
        html.AppendLine($"<p class=\"hint\" id=\"distance-note\"{filter.Near is null:hidden}>{new LocalizedString("Distances are upper bounds, in a straight line. There may be a nearer office, because the register does not contain all offices.", "Avstånden är övre gränser, fågelvägen. Det kan finnas ett närmare kontor, eftersom registret inte innehåller alla kontor.")}</p>");

    // With distances, open offices come first, and all others are in a group of their own below.
    private static void RenderGroups(HtmlBuilder html, OfficeFilter filter, PublicationView view, bool isCompact)
    {
        var offices = filter.OrderOffices(view.Offices).ToList();
        var others = filter.Near is null ? [] : offices.Where(office => office.Status != OfficeStatus.Open).ToList();
        html.AppendLine($"<tbody>");
        RenderRows(html, filter, view, offices.Take(offices.Count - others.Count), isCompact);
        html.AppendLine($"""
            </tbody>
            <tbody id="others"{!others.Exists(filter.Matches):hidden}>
            <tr class="group"><th scope="rowgroup" colspan="2">{new LocalizedString("Other offices: not known to be open", "Övriga kontor: inte kända som öppna")}</th></tr>
            """);
        RenderRows(html, filter, view, others, isCompact);
        html.AppendLine($"</tbody>");
    }

    private static void RenderRows(HtmlBuilder html, OfficeFilter filter, PublicationView view, IEnumerable<OfficeView> offices, bool isCompact)
    {
        var byName = view.Offices.Select((office, i) => (office.Id, i)).ToDictionary(StringComparer.Ordinal);
        var byCounty = view.Counties.Select((county, i) => (county.Code, i)).ToDictionary(StringComparer.Ordinal);
        var byMunicipality = view.Municipalities.Select((item, i) => (item.Municipality.Code, i)).ToDictionary(StringComparer.Ordinal);
        foreach (var office in offices)
        {
            var coordinates = office.Office is { Latitude: { } latitude, Longitude: { } longitude }
                ? $"{OfficeFilter.FormatCoordinate(latitude)},{OfficeFilter.FormatCoordinate(longitude)}" : "";
            html.AppendLine($"<tr id=\"o-{office.Id}\" data-place=\"{office.PlaceText}\" data-text=\"{office.DetailText}\" data-status=\"{office.Status}\" data-county=\"{office.Published.CountyCode}\" data-agency=\"{string.Join(' ', office.Published.Agencies)}\" data-video=\"{(office.Office.VideoMeetings == true ? "true" : "")}\" data-at=\"{coordinates}\"{!filter.Matches(office):hidden}>");
            html.AppendLine($"<th scope=\"row\" class=\"col-name\" data-order=\"{byName[office.Id]}\"><a href=\"{new PageUrl(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a><span class=\"where\">{GetLocation(office)}</span></th>");
            html.AppendLine($"<td class=\"col-status\" data-order=\"{MapMarker.GetStatusRank(office.Status)}\">");
            RenderStatus(html, office);
            html.AppendLine($"</td>");
            if (!isCompact)
            {
                html.AppendLine($"<td class=\"col-municipality\" data-order=\"{byMunicipality.GetValueOrDefault(office.Municipality?.Code ?? "", -1)}\">{office.Municipality?.Name ?? "–"}</td>");
                html.AppendLine($"<td class=\"col-county\" data-order=\"{byCounty.GetValueOrDefault(office.County?.Code ?? "", -1)}\">{(office.County is { } county ? LabelFormatter.GetName(county) : new LocalizedString("–", "–"))}</td>");
                html.AppendLine($"<td class=\"col-since\">{(office.StatusEvent is { } since ? LabelFormatter.FormatShortDate(since.On, since.Precision) : new LocalizedString("–", "–"))}</td>");
            }

            html.AppendLine($"<td class=\"col-distance num\"{filter.Near is null:hidden}>{(filter.GetDistanceKm(office) is { } km ? LabelFormatter.FormatKilometres(km) : new LocalizedString("–", "–"))}</td>");
            html.AppendLine($"</tr>");
        }
    }

    /// <summary>Renders the status with its symbol and an announced closing or reopening.</summary>
    public static void RenderStatus(HtmlBuilder html, OfficeView office)
    {
        RenderStatusLabel(html, office);
        RenderAnnouncement(html, office);
    }

    /// <summary>Renders the status with its symbol; for an unknown status also the latest event that is known.</summary>
    public static void RenderStatusLabel(HtmlBuilder html, OfficeView office)
    {
        html.AppendLine($"<span class=\"status status-{office.Status ?? OfficeStatus.Unknown}\">{LabelFormatter.GetLabel(Codes.Status, office.Status)}</span>");
        if (office is { Status: OfficeStatus.Unknown, LatestEvent: { } latest })
        {
            var (kind, date) = (LabelFormatter.GetLabel(Codes.EventKind, latest.Kind), LabelFormatter.FormatDate(latest.On, latest.Precision));
            html.AppendLine($"<span class=\"soft\">{new LocalizedString($"{kind.En.ToLowerInvariant()} {date.En}, no later source", $"{kind.Sv.ToLowerInvariant()} {date.Sv}, ingen senare källa")}</span>");
        }
    }

    /// <summary>Renders an announced closing or reopening, if there is one.</summary>
    public static void RenderAnnouncement(HtmlBuilder html, OfficeView office)
    {
        if (office.IsClosingAnnounced)
        {
            html.AppendLine($"<span class=\"tag\">{new LocalizedString("closing announced", "stängning aviserad")}</span>");
        }
        else if (office.IsReopeningAnnounced)
        {
            html.AppendLine($"<span class=\"tag\">{new LocalizedString("reopening announced", "återöppning aviserad")}</span>");
        }
    }

    private static LocalizedString GetLocation(OfficeView office) => office is { Municipality: { } municipality, County: { } county }
        ? new($"{municipality.Name}, {county.NameEn}", $"{municipality.Name}, {county.NameSv}")
        : new("Location not decided", "Platsen är inte bestämd");
}
