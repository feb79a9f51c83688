using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>How the network has grown and shrunk, what became of the 2018 proposal, and how far people have to an office.</summary>
internal static class DevelopmentPage
{
    private static readonly Text Heading = new("How the network has developed", "Så har nätet utvecklats");

    private static readonly Text Lead = new(
        "Offices open and close by decision. Here is what sources show: the number over time, month by month, what became of the proposal of 2018, and how far it is to an open office.",
        "Kontor öppnar och stänger genom beslut. Här är vad källorna visar: antalet över tid, månad för månad, vad som hände med förslaget från 2018 och hur långt det är till ett öppet kontor.");

    public static Page Of(Network network) => new(Heading, Lead, [], html =>
    {
        html.Add($"<div class=\"band\">\n<h1>{Heading}</h1>\n<p class=\"lead\">{Lead}</p>\n</div>");
        AddSize(html, network);
        AddMonths(html, network);
        AddProposal(html, network);
        AccessSection.Add(html, network);
    });

    private static void AddSize(Html html, Network network)
    {
        var (sizes, official) = (network.Publication.Register.NetworkSizes, network.Publication.Register.Reference.NetworkCounts);
        html.Add($"""
            <section class="band" aria-labelledby="size">
            <h2 id="size">{new Text("The number of offices", "Antalet kontor")}</h2>
            <p>{new Text("The line counts offices that a source shows to be open, one by one. The points are totals that authorities and press state. The line lies below because no public list names every office: it shows what can be proved, not how many there are.", "Linjen räknar kontor som en källa visar är öppna, vart och ett. Punkterna är antal som myndigheter och press anger. Linjen ligger under eftersom ingen offentlig lista nämner alla kontor: den visar vad som går att belägga, inte hur många som finns.")}</p>
            <figure class="figure">
            """);
        LineChart.Add(html, network, new("Offices over time; the tables below hold every value", "Antal kontor över tid; tabellerna nedan har alla värden"));
        html.Add($"""
            <figcaption><ul class="legend">
            <li class="key key-line">{new Text("Known by name to be open", "Kända vid namn som öppna")}</li>
            <li class="key key-point">{new Text("Official total", "Officiellt antal")}</li>
            </ul></figcaption>
            </figure>
            <details>
            <summary>{new Text("The values as tables", "Värdena som tabeller")}</summary>
            <div class="columns">
            <section class="table-frame" tabindex="0" aria-label="{new Text("Known offices by date", "Kända kontor per datum")}">
            <table>
            <caption>{new Text("Known offices at the end of the day", "Kända kontor vid dagens slut")}</caption>
            <thead><tr><th scope="col">{new Text("Date", "Datum")}</th><th scope="col" class="num">{new Text("Open", "Öppna")}</th><th scope="col" class="num">{new Text("Planned", "Planerade")}</th><th scope="col" class="num">{new Text("Proposed", "Föreslagna")}</th><th scope="col" class="num">{new Text("Closed", "Stängda")}</th></tr></thead>
            <tbody>
            """);
        foreach (var size in sizes)
        {
            html.Add($"<tr><th scope=\"row\">{size.Date:yyyy-MM-dd}</th><td class=\"num\">{size.Open}</td><td class=\"num\">{size.Planned}</td><td class=\"num\">{size.Proposed}</td><td class=\"num\">{size.Closed}</td></tr>");
        }

        html.Add($"""
            </tbody></table></section>
            <section class="table-frame" tabindex="0" aria-label="{new Text("Official totals", "Officiella antal")}">
            <table>
            <caption>{new Text("Official totals", "Officiella antal")}</caption>
            <thead><tr><th scope="col">{new Text("Date", "Datum")}</th><th scope="col" class="num">{new Text("Offices", "Kontor")}</th><th scope="col">{new Text("Note and source", "Anmärkning och källa")}</th></tr></thead>
            <tbody>
            """);
        foreach (var count in official)
        {
            html.Add($"<tr><th scope=\"row\">{Labels.ShortDate(count.On, count.Precision)}</th><td class=\"num\">{count.Offices}</td><td class=\"fine\"><span lang=\"en\">{count.Note}</span> <span class=\"soft\">{count.Source}</span></td></tr>");
        }

        html.Add($"</tbody></table></section>\n</div>\n</details>\n</section>");
    }

    private static void AddMonths(Html html, Network network)
    {
        var periods = OpeningPeriod.Of(network.Publication.Register.Events, network.Today);
        html.Add($"""
            <section class="band" aria-labelledby="months">
            <h2 id="months">{new Text("Openings and closings", "Öppningar och stängningar")}</h2>
            <p>{new Text("Those whose date a source states. A pale, wide bar is as wide as what is known: a half-year or a year.", "De vars datum en källa anger. En ljus, bred stapel är så bred som det man vet: ett halvår eller ett år.")}</p>
            <figure class="figure">
            """);
        MonthChart.Add(html, periods, network.Today, new("Openings and closings by month; the table below holds every value", "Öppningar och stängningar per månad; tabellen nedan har alla värden"));
        html.Add($"""
            <figcaption><ul class="legend">
            <li class="key key-open">{new Text("Opened", "Öppnade")}</li>
            <li class="key key-closed">{new Text("Closed", "Stängde")}</li>
            </ul></figcaption>
            </figure>
            <details>
            <summary>{new Text("The values as a table", "Värdena som tabell")}</summary>
            <div class="table-frame">
            <table class="narrow">
            <thead><tr><th scope="col">{new Text("Period", "Period")}</th><th scope="col" class="num">{new Text("Opened", "Öppnade")}</th><th scope="col" class="num">{new Text("Closed", "Stängde")}</th></tr></thead>
            <tbody>
            """);
        foreach (var period in periods)
        {
            html.Add($"<tr><th scope=\"row\">{Labels.ShortDate(period.From, period.Precision)}</th><td class=\"num\">{period.Opened}</td><td class=\"num\">{period.Closed}</td></tr>");
        }

        html.Add($"</tbody></table></div>\n</details>\n</section>");
    }

    private static void AddProposal(Html html, Network network)
    {
        // The inquiry's offices are those that it gave a basis for and that were proposed.
        var proposed = network.Offices.Where(office => office.Office.Basis is not null && office.Events.Any(happened => happened.Kind == "proposed")).ToList();
        if (proposed.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section class="band" aria-labelledby="proposal">
            <h2 id="proposal">{new Text($"What became of the {proposed.Count} offices proposed in 2018", $"Vad hände med de {proposed.Count} kontor som föreslogs 2018")}</h2>
            <p>{new Text("In May 2018 an inquiry proposed new offices in sparsely served regions, in vulnerable areas and in the metropolitan counties. This is each of them today, as far as sources tell.", "I maj 2018 föreslog en utredning nya kontor i glest försörjda regioner, i utsatta områden och i storstadslänen. Så är läget för vart och ett i dag, så långt källorna berättar.")}</p>
            <ul class="shares">
            """);
        foreach (var group in proposed.GroupBy(office => office.Status).OrderBy(group => MapPlace.Rank(group.Key)))
        {
            html.Add($"<li><svg class=\"share share-{group.Key ?? "unknown"}\" viewBox=\"0 0 {proposed.Count} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{group.Count()}\" height=\"1\"/></svg><span class=\"status status-{group.Key ?? "unknown"}\">{Labels.Of(Codes.Status, group.Key)}</span> <strong class=\"share-number\">{group.Count()}</strong></li>");
        }

        html.Add($"""
            </ul>
            <div class="table-frame">
            <table>
            <caption>{new Text("“Proposed” means that no source tells of anything later.", "”Föreslaget” betyder att ingen källa berättar om något senare.")}</caption>
            <thead><tr><th scope="col">{new Text("Office", "Kontor")}</th><th scope="col" class="col-county">{new Text("Why", "Varför")}</th><th scope="col">{new Text("Today", "I dag")}</th><th scope="col" class="col-since">{new Text("Since", "Sedan")}</th></tr></thead>
            <tbody>
            """);
        foreach (var office in proposed.OrderBy(office => Codes.Basis.OrderOf(office.Office.Basis!)).ThenBy(office => MapPlace.Rank(office.Status)).ThenBy(office => office.Id, StringComparer.Ordinal))
        {
            html.Add($"<tr><th scope=\"row\"><a href=\"{new PageAddress(PageKind.Office, html.Language, office.Id)}\">{office.Office.Name}</a></th><td class=\"col-county\">{Labels.Of(Codes.Basis, office.Office.Basis)}</td><td>");
            OfficeTable.AddStatus(html, office);
            html.Add($"</td><td class=\"col-since\">{(office.StatusEvent is { } since ? Labels.ShortDate(since.On, since.Precision) : new Text("–", "–"))}</td></tr>");
        }

        html.Add($"</tbody></table></div>\n</section>");
    }
}
