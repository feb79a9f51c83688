using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The start page: introduction, current numbers, map and search.</summary>
internal static class StartPage
{
    private const int MaxLatestEvents = 5;

    private static readonly LocalizedString Heading = new("Sweden's state service offices as open data", "Statens servicekontor som öppna data");

    private static readonly LocalizedString Lead = new(
        "At a service office you can get help with matters at several government agencies in one place. This site shows which offices are open and which have opened or closed. You can also download all the information as open data.",
        "På ett servicekontor får du hjälp med ärenden hos flera statliga myndigheter på samma ställe. Här ser du vilka kontor som är öppna och vilka som har öppnat eller stängt. Du kan också ladda ner alla uppgifter som öppna data.");

    public static PortalPage Create(PublicationView view, OfficeFilter filter) =>
        new(Heading, Lead, ["finder.js"], html => RenderBody(html, view, filter));

    private static void RenderBody(HtmlBuilder html, PublicationView view, OfficeFilter filter)
    {
        html.AppendLine($"""
            <div class="hero">
            <div class="hero-inner">
            <h1>{Heading}</h1>
            <p class="lead">{Lead}</p>
            </div>
            </div>
            """);
        RenderFinder(html, view, filter);
        html.AppendLine($"<div class=\"band\">");
        RenderTiles(html, view);
        RenderCoverageNote(html, view);
        html.AppendLine($"</div>");
        RenderLatest(html, view);
        RenderDownloadOptions(html);
    }

    private static void RenderTiles(HtmlBuilder html, PublicationView view)
    {
        var offices = new PageUrl(PageKind.Offices, html.Language);
        html.AppendLine($"<h2 class=\"visually-hidden\">{new LocalizedString("Offices today", "Servicekontoren i dag")}</h2>\n<ul class=\"tiles\">");
        foreach (var (status, label) in new (string, LocalizedString)[]
        {
            (OfficeStatus.Open, new("known to be open", "kända som öppna")),
            (OfficeStatus.Planned, new("planned", "planerade")),
            (OfficeStatus.Proposed, new("only proposed", "endast föreslagna")),
            (OfficeStatus.TemporarilyClosed, new("temporarily closed", "tillfälligt stängda")),
            (OfficeStatus.Closed, new("closed", "stängda")),
            (OfficeStatus.Unknown, new("with unknown status", "med okänd status")),
        })
        {
            if (view.CountByStatus(status) is > 0 and var count)
            {
                html.AppendLine($"<li><a class=\"tile tile-{status}\" href=\"{offices}{new OfficeFilter { Status = status }.ToQueryString()}\"><span class=\"tile-number\">{count}</span> <span class=\"tile-label\">{label}</span></a></li>");
            }
        }

        html.AppendLine($"</ul>");
        RenderAnnounced(html, view.Offices.Where(office => office.IsClosingAnnounced), new("Closing announced:", "Stängning aviserad:"));
        RenderAnnounced(html, view.Offices.Where(office => office.IsReopeningAnnounced), new("Reopening announced:", "Återöppning aviserad:"));
    }

    private static void RenderAnnounced(HtmlBuilder html, IEnumerable<OfficeView> offices, LocalizedString label)
    {
        var all = offices.ToList();
        if (all.Count == 0)
        {
            return;
        }

        html.AppendLine($"<p class=\"announced\"><strong>{label}</strong>");
        foreach (var office in all)
        {
            html.AppendLine($"<a href=\"{new PageUrl(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a>{(office == all[^1] ? "." : ",")}");
        }

        html.AppendLine($"</p>");
    }

    private static void RenderCoverageNote(HtmlBuilder html, PublicationView view)
    {
        if (view.LatestOfficialCount is not { } total)
        {
            return;
        }

        var date = LabelFormatter.FormatDate(total.On, total.Precision);
        html.AppendLine($"<p class=\"coverage-note\">{new LocalizedString($"This site shows the {view.Offices.Count} offices that are named in public sources. {view.Coverage[0].OpenOnOfficialDate} of them were open when the official total was {total.Offices} ({date.En}).", $"Här visas de {view.Offices.Count} kontor som är namngivna i offentliga källor. {view.Coverage[0].OpenOnOfficialDate} av dem var öppna när det officiella antalet var {total.Offices} ({date.Sv}).")} <a href=\"{new PageUrl(PageKind.About, html.Language)}#quality\">{new LocalizedString("Limitations of the data", "Vad uppgifterna inte visar")}</a></p>");
    }

    private static void RenderFinder(HtmlBuilder html, PublicationView view, OfficeFilter filter)
    {
        var found = view.Offices.Count(filter.Matches);
        html.AppendLine($"""
            <section class="band find" aria-labelledby="find-title">
            <div class="find-head">
            <h2 id="find-title">{new LocalizedString("Find an office", "Hitta ett kontor")}</h2>
            """);
        OfficeFilterForm.Render(html, filter, view, new PageUrl(PageKind.Offices, html.Language), isOpen: false);
        // The list precedes the map, so that a phone shows the first result without scrolling past the map.
        html.AppendLine($"</div>\n<div class=\"find-list\">");
        OfficesPage.RenderCount(html, found, view.Offices.Count);
        SearchAnswer.Render(html, filter, view, new PageUrl(PageKind.Offices, html.Language), found);
        OfficeTable.RenderCompact(html, filter, view);
        html.AppendLine($"</div>\n<div class=\"find-map\">");
        OfficeMap.Render(html, view, filter);
        html.AppendLine($"</div>\n</section>");
    }

    private static void RenderLatest(HtmlBuilder html, PublicationView view)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="latest-title">
            <h2 id="latest-title">{new LocalizedString("Latest events", "Senaste händelserna")}</h2>
            <ol class="latest">
            """);
        foreach (var lifecycleEvent in view.PastEvents.Take(MaxLatestEvents))
        {
            var office = view.FindOffice(lifecycleEvent.OfficeId)!;
            html.AppendLine($"<li><span class=\"latest-date\">{LabelFormatter.FormatDate(lifecycleEvent.On, lifecycleEvent.Precision)}</span> <span class=\"latest-what\"><a href=\"{new PageUrl(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a> <span class=\"latest-kind\">{LabelFormatter.GetLabel(Codes.EventKind, lifecycleEvent.Kind)}</span></span></li>");
        }

        html.AppendLine($"""
            </ol>
            <p><a class="more" href="{new PageUrl(PageKind.Development, html.Language)}">{new LocalizedString("How the number of offices has changed", "Så har kontorsnätet utvecklats")}</a></p>
            </section>
            """);
    }

    private static void RenderDownloadOptions(HtmlBuilder html)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="ways-title">
            <h2 id="ways-title">{new LocalizedString("Use the data", "Använd uppgifterna")}</h2>
            <ul class="ways">
            <li><h3><a href="{new PageUrl(PageKind.Data, html.Language)}">{new LocalizedString("Files", "Filer")}</a></h3><p>{new LocalizedString("All datasets for use in Excel, maps and statistics, with checksums and all earlier revisions.", "Alla datamängder för Excel, kartor och statistik, med kontrollsummor och alla tidigare revisioner.")}</p></li>
            <li><h3><a href="{new PageUrl(PageKind.Developers, html.Language)}">{new LocalizedString("API", "API")}</a></h3><p>{new LocalizedString("OData 4.01: filter, join and count, also as of an earlier date.", "OData 4.01: filtrera, koppla ihop och räkna, även för ett tidigare datum.")}</p></li>
            <li><h3><a href="{new PageUrl(PageKind.Developers, html.Language)}#feeds">{new LocalizedString("Feeds and calendar", "Flöden och kalender")}</a></h3><p>{new LocalizedString("Openings, changes and closings for feed readers and calendars.", "Öppningar, ändringar och stängningar för flödesläsare och kalendrar.")}</p></li>
            </ul>
            </section>
            """);
    }
}
