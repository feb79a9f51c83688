using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Portal.Components;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The statistics page: the number of offices over time, the 2018 proposal, and distances.</summary>
internal static class DevelopmentPage
{
    private static readonly LocalizedString Heading = new("How the number of offices has changed", "Så har kontorsnätet utvecklats");

    private static readonly LocalizedString Lead = new(
        "This page shows, according to the sources, the number of offices over time, every opening and closing with its source, the difference between two dates, the outcome of the 2018 proposal, and the distance to the nearest open office.",
        "Här ser du vad källorna visar: antalet kontor över tid, varje öppning och stängning med källa, skillnaden mellan två datum, vad som har hänt med förslaget från 2018 och hur långt det är till närmaste öppna kontor.");

    public static PortalPage Create(PublicationView view, DateComparison comparison) => new(Heading, Lead, [], html =>
    {
        html.AppendLine($"<div class=\"band\">\n<h1>{Heading}</h1>\n<p class=\"lead\">{Lead}</p>\n</div>");
        RenderOfficeCount(html, view);
        RenderOpenings(html, view);
        ComparisonSection.Render(html, view, comparison);
        RenderProposal(html, view);
        DistanceSection.Render(html, view);
    });

    private static void RenderOfficeCount(HtmlBuilder html, PublicationView view)
    {
        var (sizes, officialCounts) = (view.Publication.Register.NetworkSizes, view.Publication.Register.Reference.NetworkCounts);
        html.AppendLine($"""
            <section class="band" aria-labelledby="size">
            <h2 id="size">{new LocalizedString("The number of offices", "Antalet kontor")}</h2>
            <p>{new LocalizedString("The upper line shows the number of named offices that are open according to a source, and the lower, dashed line the number that have closed. An office that closes is counted as open from the earliest evidence of its operation. The points show totals given by government agencies and news media. The upper line is lower than the totals because no public list names every office. It shows how many offices can be confirmed, not how many exist.", "Den övre linjen visar antalet namngivna kontor som är öppna enligt en källa, och den undre, streckade linjen antalet som har stängt. Ett kontor som stänger räknas som öppet från det tidigaste belägget för att det fanns. Punkterna visar det totala antalet enligt myndigheter och nyhetsmedier. Den övre linjen ligger lägre än de officiella antalen eftersom ingen offentlig lista nämner alla kontor. Den visar hur många kontor som går att belägga, inte hur många som finns.")}</p>
            <figure class="figure">
            """);
        OfficeCountChart.Render(html, view, new("Number of offices over time. All values are in the tables below.", "Antal kontor över tid. Alla värden finns i tabellerna nedan."));
        html.AppendLine($"""
            <figcaption><ul class="legend">
            <li class="key key-line">{new LocalizedString("Named offices known to be open", "Namngivna kontor som är kända som öppna")}</li>
            <li class="key key-cross">{new LocalizedString("Named offices that have closed", "Namngivna kontor som har stängt")}</li>
            <li class="key key-point">{new LocalizedString("Official total", "Officiellt antal")}</li>
            </ul></figcaption>
            </figure>
            <details>
            <summary>{new LocalizedString("Show the values as tables", "Visa värdena i tabeller")}</summary>
            <div class="columns">
            <section class="table-frame" tabindex="0" aria-label="{new LocalizedString("Known offices by date", "Kända kontor per datum")}">
            <table>
            <caption>{new LocalizedString("Known offices at the end of each day", "Kända kontor vid slutet av dagen")}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Date", "Datum")}</th><th scope="col" class="num">{new LocalizedString("Open", "Öppna")}</th><th scope="col" class="num">{new LocalizedString("Planned", "Planerade")}</th><th scope="col" class="num">{new LocalizedString("Proposed", "Föreslagna")}</th><th scope="col" class="num">{new LocalizedString("Closed", "Stängda")}</th><th scope="col" class="num">{new LocalizedString("Unknown", "Okända")}</th></tr></thead>
            <tbody>
            """);
        foreach (var size in sizes)
        {
            html.AppendLine($"<tr><th scope=\"row\">{size.Date:yyyy-MM-dd}</th><td class=\"num\">{size.Open}</td><td class=\"num\">{size.Planned}</td><td class=\"num\">{size.Proposed}</td><td class=\"num\">{size.Closed}</td><td class=\"num\">{size.Unknown}</td></tr>");
        }

        html.AppendLine($"""
            </tbody></table></section>
            <section class="table-frame" tabindex="0" aria-label="{new LocalizedString("Official totals", "Officiella antal")}">
            <table>
            <caption>{new LocalizedString("Official totals", "Officiella antal")}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Date", "Datum")}</th><th scope="col" class="num">{new LocalizedString("Offices", "Kontor")}</th><th scope="col">{new LocalizedString("Note and source", "Anmärkning och källa")}</th></tr></thead>
            <tbody>
            """);
        foreach (var count in officialCounts)
        {
            html.AppendLine($"<tr><th scope=\"row\">{LabelFormatter.FormatShortDate(count.On, count.Precision)}</th><td class=\"num\">{count.Offices}</td><td class=\"fine\"><span lang=\"en\">{count.Note}</span>");
            // The note describes a source that is not on the web.
            if (count.Source != count.Note)
            {
                SourceLink.Render(html, count.Source);
            }

            html.AppendLine($"</td></tr>");
        }

        html.AppendLine($"</tbody></table></section>\n</div>\n</details>\n</section>");
    }

    private static void RenderOpenings(HtmlBuilder html, PublicationView view)
    {
        var periods = OpeningPeriod.FromEvents(view.Publication.Register.Events, view.Today);
        html.AppendLine($"""
            <section class="band" aria-labelledby="months">
            <h2 id="months">{new LocalizedString("Openings and closings", "Öppningar och stängningar")}</h2>
            <p>{new LocalizedString("The chart shows openings and closings whose date is given by a source: openings upwards, closings downwards. A wide, pale bar means that only the half-year or year is known.", "Diagrammet visar öppningar och stängningar vars datum anges i en källa: öppningar uppåt, stängningar nedåt. En bred, ljus stapel betyder att bara halvåret eller året är känt.")}</p>
            <figure class="figure">
            """);
        OpeningsChart.Render(html, periods, view.Today, new("Openings and closings by month. All values are in the table below.", "Öppningar och stängningar per månad. Alla värden finns i tabellen nedan."));
        html.AppendLine($"""
            <figcaption><ul class="legend">
            <li class="key key-open">{new LocalizedString("Opened", "Öppnade")}</li>
            <li class="key key-closed">{new LocalizedString("Closed", "Stängde")}</li>
            </ul></figcaption>
            </figure>
            <details>
            <summary>{new LocalizedString("Show the values as a table", "Visa värdena i en tabell")}</summary>
            <div class="table-frame">
            <table class="narrow">
            <thead><tr><th scope="col">{new LocalizedString("Period", "Period")}</th><th scope="col" class="num">{new LocalizedString("Opened", "Öppnade")}</th><th scope="col" class="num">{new LocalizedString("Closed", "Stängde")}</th></tr></thead>
            <tbody>
            """);
        foreach (var period in periods)
        {
            html.AppendLine($"<tr><th scope=\"row\">{LabelFormatter.FormatShortDate(period.From, period.Precision)}</th><td class=\"num\">{period.Opened}</td><td class=\"num\">{period.Closed}</td></tr>");
        }

        html.AppendLine($"</tbody></table></div>\n</details>\n<h3>{new LocalizedString("Every opening and closing", "Varje öppning och stängning")}</h3>");
        EventTable.Render(html, view);
        html.AppendLine($"</section>");
    }

    private static void RenderProposal(HtmlBuilder html, PublicationView view)
    {
        // The offices of the inquiry have a basis and a proposed event.
        var proposed = view.Offices.Where(office => office.Office.Basis is not null && office.Events.Any(lifecycleEvent => lifecycleEvent.Kind == EventKind.Proposed)).ToList();
        if (proposed.Count == 0)
        {
            return;
        }

        html.AppendLine($"""
            <section class="band" aria-labelledby="proposal">
            <h2 id="proposal">{new LocalizedString($"What happened to the {proposed.Count} offices proposed in 2018?", $"Vad har hänt med de {proposed.Count} kontor som föreslogs 2018?")}</h2>
            <p>{new LocalizedString("In May 2018 a government inquiry proposed new offices in regions with few offices, in vulnerable areas and in the metropolitan counties. The table shows the current status of each office according to the sources.", "I maj 2018 föreslog en utredning nya kontor i regioner med få kontor, i utsatta områden och i storstadslänen. Tabellen visar hur det har gått för vart och ett av kontoren, enligt källorna.")}</p>
            <ul class="shares">
            """);
        foreach (var group in proposed.GroupBy(office => office.Status).OrderBy(group => MapMarker.GetStatusRank(group.Key)))
        {
            html.AppendLine($"<li><svg class=\"share share-{group.Key ?? "unknown"}\" viewBox=\"0 0 {proposed.Count} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{group.Count()}\" height=\"1\"/></svg><span class=\"status status-{group.Key ?? "unknown"}\">{LabelFormatter.GetLabel(Codes.Status, group.Key)}</span> <strong class=\"share-number\">{group.Count()}</strong></li>");
        }

        html.AppendLine($"""
            </ul>
            <div class="table-frame">
            <table>
            <caption>{new LocalizedString("“Proposed” means that no source mentions any later event.", "”Föreslaget” betyder att ingen källa nämner någon senare händelse.")}</caption>
            <thead><tr><th scope="col">{new LocalizedString("Office", "Kontor")}</th><th scope="col" class="col-county">{new LocalizedString("Reason", "Skäl")}</th><th scope="col">{new LocalizedString("Today", "I dag")}</th><th scope="col" class="col-since">{new LocalizedString("Since", "Sedan")}</th></tr></thead>
            <tbody>
            """);
        foreach (var office in proposed.OrderBy(office => Codes.Basis.IndexOf(office.Office.Basis!)).ThenBy(office => MapMarker.GetStatusRank(office.Status)).ThenBy(office => office.Id, StringComparer.Ordinal))
        {
            html.AppendLine($"<tr><th scope=\"row\"><a href=\"{new PageUrl(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a></th><td class=\"col-county\">{LabelFormatter.GetLabel(Codes.Basis, office.Office.Basis)}</td><td>");
            OfficeTable.RenderStatus(html, office);
            html.AppendLine($"</td><td class=\"col-since\">{(office.StatusEvent is { } since ? LabelFormatter.FormatShortDate(since.On, since.Precision) : new LocalizedString("–", "–"))}</td></tr>");
        }

        html.AppendLine($"</tbody></table></div>\n</section>");
    }
}
