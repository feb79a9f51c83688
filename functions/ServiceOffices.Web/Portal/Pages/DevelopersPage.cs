using ODataEngine.Model;
using ServiceOffices.Schema;

namespace ServiceOffices.Web.Portal.Pages;

/// <summary>The page for developers: example queries, feeds, delta links and limits.</summary>
internal static class DevelopersPage
{
    private static readonly LocalizedString Heading = new("For developers", "För utvecklare");

    private static readonly LocalizedString Lead = new(
        "The whole register is available as OData 4.01, files and feeds. No account is needed, requests are allowed from any origin (CORS), and all responses have ETags.",
        "Hela registret finns som OData 4.01, filer och flöden. Inget konto krävs, anrop är tillåtna från alla webbplatser (CORS) och alla svar har en ETag.");

    public static PortalPage Create(IReadOnlyList<(string Name, long Value)> limits) => new(Heading, Lead, ["run.js"], html =>
    {
        html.AppendLine($"<div class=\"band\">\n<h1>{Heading}</h1>\n<p class=\"lead\">{Lead}</p>\n</div>");
        RenderQueries(html);
        RenderSets(html);
        RenderFeeds(html);
        RenderSync(html);
        RenderDescriptions(html);
        RenderLimits(html, limits);
    });

    private static void RenderQueries(HtmlBuilder html)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="queries">
            <h2 id="queries">{new LocalizedString("Example queries", "Exempel på frågor")}</h2>
            <ul class="examples">
            """);
        foreach (var example in QueryExample.All)
        {
            html.AppendLine($"""
                <li class="example">
                <h3>{example.Question}</h3>
                <pre class="query-text" tabindex="0"><code>{example.DisplayUrl}</code></pre>
                <p class="example-actions"><a class="chip" href="{example.Url}">{new LocalizedString("Open", "Öppna")}<span class="visually-hidden">: {example.Question}</span></a>
                <button class="chip run" type="button" hidden="" data-url="{example.Url}">{new LocalizedString("Run query", "Kör frågan")}<span class="visually-hidden">: {example.Question}</span></button></p>
                <div class="answer" hidden="" data-failed="{new LocalizedString("The query failed", "Frågan misslyckades")}"><p class="answer-head" role="status"></p><pre tabindex="0"><code></code></pre></div>
                </li>
                """);
        }

        html.AppendLine($"</ul>\n</section>");
    }

    private static void RenderSets(HtmlBuilder html)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="sets">
            <h2 id="sets">{new LocalizedString("Datasets", "Datamängder")}</h2>
            <p><a href="{ODataUrlBuilder.ServiceRoot}">{new LocalizedString("Service document", "Tjänstedokument")}</a>, <a href="{ODataUrlBuilder.ServiceRoot}$metadata">$metadata</a> (XML), <a href="{ODataUrlBuilder.ServiceRoot}$metadata?$format=json">$metadata</a> (JSON), <a href="/openapi.json">OpenAPI</a></p>
            <dl class="sets">
            """);
        foreach (var set in RegisterModel.Model.Sets)
        {
            html.AppendLine($"<div><dt><a href=\"{ODataUrlBuilder.ServiceRoot}{set.Name}\"><code>{set.Name}</code></a></dt><dd>{set.Description}</dd></div>");
        }

        html.AppendLine($"</dl>\n</section>");
    }

    private static void RenderFeeds(HtmlBuilder html)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="feeds">
            <h2 id="feeds">{new LocalizedString("Feeds and calendar", "Flöden och kalender")}</h2>
            <p>{new LocalizedString("Every opening, change and closing appears exactly once. To limit a feed to one county or agency, add", "Varje öppning, ändring och stängning finns med exakt en gång. För att begränsa ett flöde till ett län eller en myndighet, lägg till")} <code class="whole">?county=14</code>, <code class="whole">?agency=skatteverket</code>.</p>
            <dl class="sets">
            <div><dt><a href="/feeds/changes.atom{PageLayout.FeedLanguage}"><code>/feeds/changes.atom</code></a></dt><dd>{new LocalizedString("Atom with an archive of the full history (RFC 5005) and deleted entries (RFC 6721)", "Atom med arkiv över hela historiken (RFC 5005) och markering av borttagna poster (RFC 6721)")}</dd></div>
            <div><dt><a href="/feeds/changes.json{PageLayout.FeedLanguage}"><code>/feeds/changes.json</code></a></dt><dd>{new LocalizedString("JSON Feed 1.1, where each item contains the change as structured data", "JSON Feed 1.1, där varje post innehåller ändringen som strukturerade data")}</dd></div>
            <div><dt><a href="/feeds/calendar.ics{PageLayout.FeedLanguage}"><code>/feeds/calendar.ics</code></a></dt><dd>{new LocalizedString("Past and announced openings and closings, for calendar apps", "Genomförda och aviserade öppningar och stängningar, för kalenderprogram")}</dd></div>
            </dl>
            </section>
            """);
    }

    private static void RenderSync(HtmlBuilder html) => html.AppendLine($"""
        <section class="band" aria-labelledby="sync">
        <h2 id="sync">{new LocalizedString("Get only the changes", "Hämta bara ändringar")}</h2>
        <div class="prose">
        <p>{new LocalizedString("Send the query once with Prefer: odata.track-changes and save the delta link in the response. When you request the delta link later, you get the rows that have been changed or removed, and a new delta link.", "Skicka frågan en gång med Prefer: odata.track-changes och spara deltalänken i svaret. När du senare anropar deltalänken får du de rader som har ändrats eller tagits bort och en ny deltalänk.")}</p>
        <pre class="query-text" tabindex="0"><code>curl -H "Prefer: odata.track-changes" "https://…/odata/v1/offices"</code></pre>
        <p>{new LocalizedString("You can also send the latest ETag in If-None-Match. If nothing has changed, the response is 304 without content.", "Du kan också skicka den senaste ETag:en i If-None-Match. Om inget har ändrats blir svaret 304 utan innehåll.")}</p>
        </div>
        </section>
        """);

    private static void RenderDescriptions(HtmlBuilder html) => html.AppendLine($"""
        <section class="band" aria-labelledby="descriptions">
        <h2 id="descriptions">{new LocalizedString("Machine-readable descriptions", "Maskinläsbara beskrivningar")}</h2>
        <dl class="sets">
        <div><dt><a href="/openapi.json"><code>/openapi.json</code></a></dt><dd>{new LocalizedString("Description of the whole API, OpenAPI 3.1", "Beskrivning av hela API:et, OpenAPI 3.1")}</dd></div>
        <div><dt><a href="/datasets/dcat"><code>/datasets/dcat</code></a></dt><dd>{new LocalizedString("DCAT-AP-SE for metadata harvesting. The Accept header selects RDF/XML, Turtle or JSON-LD.", "DCAT-AP-SE för skördning av metadata. Välj RDF/XML, Turtle eller JSON-LD med Accept.")}</dd></div>
        <div><dt><a href="/datapackage.json"><code>/datapackage.json</code></a></dt><dd>{new LocalizedString("Data Package with table schemas, file sizes and checksums", "Data Package med tabellscheman, filstorlekar och kontrollsummor")}</dd></div>
        <div><dt><a href="/downloads/"><code>/downloads/</code></a></dt><dd>{new LocalizedString("All files with checksums. Use Accept: application/json to get the list as JSON.", "Alla filer med kontrollsummor. Listan finns även som JSON, med Accept: application/json.")}</dd></div>
        <div><dt><a href="/publications/"><code>/publications/</code></a></dt><dd>{new LocalizedString("All revisions and their hash chain", "Alla revisioner och deras hashkedja")}</dd></div>
        </dl>
        </section>
        """);

    private static void RenderLimits(HtmlBuilder html, IReadOnlyList<(string Name, long Value)> limits)
    {
        html.AppendLine($"""
            <section class="band" aria-labelledby="limits">
            <h2 id="limits">{new LocalizedString("Limits", "Begränsningar")}</h2>
            <p>{new LocalizedString("If a query exceeds a limit, the response is an error that names the limit. Results are never cut off without notice.", "Om en fråga överskrider en gräns blir svaret ett felmeddelande som anger gränsen. Ett svar kortas aldrig av utan att det framgår.")}</p>
            <div class="table-frame"><table class="narrow">
            <thead><tr><th scope="col">{new LocalizedString("Limit", "Gräns")}</th><th scope="col" class="num">{new LocalizedString("Value", "Värde")}</th></tr></thead>
            <tbody>
            """);
        foreach (var (name, value) in limits)
        {
            html.AppendLine($"<tr><th scope=\"row\"><code>{name}</code></th><td class=\"num\">{LabelFormatter.FormatNumber(value)}</td></tr>");
        }

        html.AppendLine($"</tbody></table></div>\n</section>");
    }
}

/// <summary>An example query.</summary>
/// <param name="Resource">The path after <c>/odata/v1/</c>.</param>
/// <param name="Options">The query options, unescaped.</param>
internal sealed record QueryExample(LocalizedString Question, string Resource, params string[] Options)
{
    public static readonly IReadOnlyList<QueryExample> All =
    [
        new(new("Offices known to be open today", "Kontor som är kända som öppna i dag"),
            "offices", "$filter=status eq 'open'", "$select=id,name,locality", "$orderby=name"),
        new(new("How many offices were proposed in 2018?", "Hur många kontor föreslogs 2018?"),
            "events", "$filter=kind eq 'proposed'", "$count=true", "$top=0"),
        new(new("Closed offices in Västra Götaland with the population of their municipality", "Stängda kontor i Västra Götaland med kommunens folkmängd"),
            "offices", "$filter=status eq 'closed' and countyCode eq '14'", "$select=id,name", "$expand=municipality($select=name,population)"),
        new(new("Number of offices by status and county", "Antal kontor per status och län"),
            "offices", "$apply=groupby((county/nameSv,status),aggregate($count as offices))"),
        new(new("The ten municipalities farthest from an office known to be open (distances are upper bounds)", "De tio kommuner som har längst till ett kontor som är känt som öppet (avstånden är övre gränser)"),
            "municipalities", "$orderby=distanceToNearestOpenOfficeKm desc", "$top=10", "$select=name,distanceToNearestOpenOfficeKm"),
        new(new("The offices nearest to Kiruna that are known to be open", "Kontoren närmast Kiruna som är kända som öppna"),
            "offices", "$filter=status eq 'open' and location ne null", "$orderby=geo.distance(location,geography'SRID=4326;POINT(20.21667 67.85)')", "$top=5", "$select=name,locality"),
        new(new("Offices that were open on Midsummer's Eve 2022", "Kontor som var öppna på midsommarafton 2022"),
            "offices", "$at=2022-06-24", "$filter=status eq 'open'", "$select=name,status"),
        new(new("The most recent changes", "De senaste ändringarna"),
            "changes", "$orderby=sequence desc", "$top=5"),
    ];

    public string Url => ODataUrlBuilder.BuildUrl(Resource, Options);

    /// <summary>Gets the unescaped query for display.</summary>
    public string DisplayUrl => $"{ODataUrlBuilder.ServiceRoot}{Resource}?{string.Join('&', Options)}";
}
