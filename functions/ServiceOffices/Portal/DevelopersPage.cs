using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>Queries to run where one reads of them, feeds, increments and limits.</summary>
internal static class DevelopersPage
{
    private static readonly Text Heading = new("For developers", "För utvecklare");

    private static readonly Text Lead = new(
        "The whole register as OData 4.01, as files and as feeds: without an account, from any origin, with ETags everywhere.",
        "Hela registret som OData 4.01, som filer och som flöden: utan konto, från vilken webbplats som helst, med ETag överallt.");

    public static Page Of(IReadOnlyList<(string Name, long Value)> limits) => new(Heading, Lead, ["run.js"], html =>
    {
        html.Add($"<div class=\"band\">\n<h1>{Heading}</h1>\n<p class=\"lead\">{Lead}</p>\n</div>");
        AddQueries(html);
        AddSets(html);
        AddFeeds(html);
        AddSync(html);
        AddDescriptions(html);
        AddLimits(html, limits);
    });

    private static void AddQueries(Html html)
    {
        html.Add($"""
            <section class="band" aria-labelledby="queries">
            <h2 id="queries">{new Text("Queries to try", "Frågor att prova")}</h2>
            <ul class="examples">
            """);
        foreach (var example in QueryExample.All)
        {
            html.Add($"""
                <li class="example">
                <h3>{example.Question}</h3>
                <pre class="query-text" tabindex="0"><code>{example.Shown}</code></pre>
                <p class="example-actions"><a class="chip" href="{example.Url}">{new Text("Open", "Öppna")}<span class="unseen">: {example.Question}</span></a>
                <button class="chip run" type="button" hidden="" data-url="{example.Url}">{new Text("Run here", "Kör här")}<span class="unseen">: {example.Question}</span></button></p>
                <div class="answer" hidden="" data-failed="{new Text("The query failed", "Frågan misslyckades")}"><p class="answer-head" role="status"></p><pre tabindex="0"><code></code></pre></div>
                </li>
                """);
        }

        html.Add($"</ul>\n</section>");
    }

    private static void AddSets(Html html)
    {
        html.Add($"""
            <section class="band" aria-labelledby="sets">
            <h2 id="sets">{new Text("What there is to ask", "Vad som går att fråga om")}</h2>
            <p><a href="{ODataQuery.Root}">{new Text("Service document", "Tjänstedokument")}</a>, <a href="{ODataQuery.Root}$metadata">$metadata</a> (XML), <a href="{ODataQuery.Root}$metadata?$format=json">$metadata</a> (JSON), <a href="/openapi.json">OpenAPI</a></p>
            <dl class="sets">
            """);
        foreach (var set in RegisterModel.Model.Sets)
        {
            html.Add($"<div><dt><a href=\"{ODataQuery.Root}{set.Name}\"><code>{set.Name}</code></a></dt><dd>{set.Description}</dd></div>");
        }

        html.Add($"</dl>\n</section>");
    }

    private static void AddFeeds(Html html)
    {
        html.Add($"""
            <section class="band" aria-labelledby="feeds">
            <h2 id="feeds">{new Text("Feeds and calendar", "Flöden och kalender")}</h2>
            <p>{new Text("Every opening, change and closing exactly once. Part of the network:", "Varje öppning, ändring och stängning exakt en gång. En del av nätet:")} <code class="whole">?county=14</code>, <code class="whole">?agency=skatteverket</code>.</p>
            <dl class="sets">
            <div><dt><a href="/feeds/changes.atom"><code>/feeds/changes.atom</code></a></dt><dd>{new Text("Atom with an archive of all of history and tombstones for what was removed", "Atom med arkiv över hela historiken och gravstenar för det som togs bort")}</dd></div>
            <div><dt><a href="/feeds/changes.json"><code>/feeds/changes.json</code></a></dt><dd>{new Text("JSON Feed 1.1, each item with the change as data", "JSON Feed 1.1, varje post med ändringen som data")}</dd></div>
            <div><dt><a href="/feeds/calendar.ics"><code>/feeds/calendar.ics</code></a></dt><dd>{new Text("Openings and closings, past and announced, for calendars", "Öppningar och stängningar, skedda och aviserade, för kalendrar")}</dd></div>
            </dl>
            </section>
            """);
    }

    private static void AddSync(Html html) => html.Add($"""
        <section class="band" aria-labelledby="sync">
        <h2 id="sync">{new Text("Only what is new", "Bara det som är nytt")}</h2>
        <div class="prose">
        <p>{new Text("Ask once with Prefer: odata.track-changes and keep the deltaLink of the answer. Ask it later: you get the rows that changed, those that were removed, and the next deltaLink.", "Fråga en gång med Prefer: odata.track-changes och spara svarets deltaLink. Fråga den senare: du får raderna som har ändrats, de som har tagits bort och nästa deltaLink.")}</p>
        <pre class="query-text" tabindex="0"><code>curl -H "Prefer: odata.track-changes" "https://…/odata/v1/offices"</code></pre>
        <p>{new Text("Or send the last ETag as If-None-Match: as long as nothing is new the answer is 304 and empty.", "Eller skicka senaste ETag som If-None-Match: så länge inget är nytt är svaret 304 och tomt.")}</p>
        </div>
        </section>
        """);

    private static void AddDescriptions(Html html) => html.Add($"""
        <section class="band" aria-labelledby="descriptions">
        <h2 id="descriptions">{new Text("Descriptions for programs", "Beskrivningar för program")}</h2>
        <dl class="sets">
        <div><dt><a href="/openapi.json"><code>/openapi.json</code></a></dt><dd>{new Text("The contract of every route, OpenAPI 3.1", "Kontraktet för varje adress, OpenAPI 3.1")}</dd></div>
        <div><dt><a href="/datasets/dcat"><code>/datasets/dcat</code></a></dt><dd>{new Text("DCAT-AP-SE for harvesters; RDF/XML, Turtle or JSON-LD by Accept", "DCAT-AP-SE för skördare; RDF/XML, Turtle eller JSON-LD efter Accept")}</dd></div>
        <div><dt><a href="/datapackage.json"><code>/datapackage.json</code></a></dt><dd>{new Text("Data Package with table schemas, sizes and hashes", "Data Package med tabellscheman, storlekar och kontrollsummor")}</dd></div>
        <div><dt><a href="/downloads/"><code>/downloads/</code></a></dt><dd>{new Text("Every file with its hash, as JSON by Accept", "Varje fil med sin kontrollsumma, som JSON efter Accept")}</dd></div>
        <div><dt><a href="/publications/"><code>/publications/</code></a></dt><dd>{new Text("Every revision and the chain of their hashes", "Alla revisioner och kedjan av deras kontrollsummor")}</dd></div>
        </dl>
        </section>
        """);

    private static void AddLimits(Html html, IReadOnlyList<(string Name, long Value)> limits)
    {
        html.Add($"""
            <section class="band" aria-labelledby="limits">
            <h2 id="limits">{new Text("Limits of this installation", "Gränser i den här installationen")}</h2>
            <p>{new Text("Past a limit the answer is an error that names it; nothing is cut off silently.", "Över en gräns är svaret ett fel som nämner den; inget skärs av i tysthet.")}</p>
            <div class="table-frame"><table class="narrow">
            <thead><tr><th scope="col">{new Text("Limit", "Gräns")}</th><th scope="col" class="num">{new Text("Value", "Värde")}</th></tr></thead>
            <tbody>
            """);
        foreach (var (name, value) in limits)
        {
            html.Add($"<tr><th scope=\"row\"><code>{name}</code></th><td class=\"num\">{Labels.Number(value)}</td></tr>");
        }

        html.Add($"</tbody></table></div>\n</section>");
    }
}
