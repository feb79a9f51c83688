using System.Globalization;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The page at the root: what this service is, and a link to everything it publishes.</summary>
internal static class HomePage
{
    private static readonly Text Title = new("Service Offices Open Data", "Servicekontor som öppna data");

    /// <summary>Queries that a reader can click: what each asks, and its path.</summary>
    internal static readonly (Text Question, string Path)[] Examples =
    [
        (new("The offices that are open today", "Kontoren som är öppna i dag"),
            "/odata/v1/offices?$filter=status eq 'open'&$select=id,name,locality&$orderby=name"),
        (new("How many offices were proposed in 2018?", "Hur många kontor föreslogs 2018?"),
            "/odata/v1/events?$filter=kind eq 'proposed'&$count=true&$top=0"),
        (new("Closed offices of Västra Götaland, with their municipality's population",
                "Stängda kontor i Västra Götaland, med kommunens folkmängd"),
            "/odata/v1/offices?$filter=status eq 'closed' and countyCode eq '14'&$select=id,name&$expand=municipality($select=name,population)"),
        (new("How many municipalities have no office in the register?", "Hur många kommuner saknar kontor i registret?"),
            "/odata/v1/municipalities?$filter=not offices/any()&$count=true&$top=0"),
        (new("The ten municipalities farthest from an open office", "De tio kommuner som har längst till ett öppet kontor"),
            "/odata/v1/municipalities?$orderby=distanceToNearestOpenOfficeKm desc&$top=10&$select=name,distanceToNearestOpenOfficeKm"),
    ];

    /// <summary>The page as HTML.</summary>
    /// <param name="language">The language of everything but names.</param>
    /// <param name="publication">The publication that is served.</param>
    /// <param name="model">The entity sets to link.</param>
    public static string Render(Language language, Publication publication, EntityModel model)
    {
        var html = new Html();
        html.Add($"""
            <!DOCTYPE html>
            <html lang="{language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{language.Of(Title)}</title>
            <link rel="license" href="{Licence.Url}">
            <link rel="alternate" type="application/atom+xml" href="/feeds/changes.atom">
            <link rel="alternate" type="application/feed+json" href="/feeds/changes.json">
            <link rel="alternate" type="text/calendar" href="/feeds/calendar.ics">
            </head>
            <body>
            """);
        AddIntroduction(html, language, publication);
        AddQueries(html, language, model);
        AddDownloads(html, language, publication.Files, model);
        AddFeeds(html, language);
        AddAbout(html, language, publication);
        html.Add($"</body>\n</html>");
        return html.ToString();
    }

    private static void AddIntroduction(Html html, Language language, Publication publication)
    {
        var other = language == Language.Swedish ? Language.English : Language.Swedish;
        html.Add($"""
            <header>
            <p><a href="/?lang={other.Tag}" hreflang="{other.Tag}" lang="{other.Tag}">{other.Name}</a></p>
            <h1>{language.Of(Title)}</h1>
            <p>{language.Of(new(
                "The register of Sweden's state service offices: where they are, what they help with, and when they open and close. Anybody may query it, download it and follow its changes, free of charge and without an account.",
                "Registret över statens servicekontor: var de finns, vad de hjälper till med och när de öppnar och stänger. Vem som helst får ställa frågor till det, ladda ner det och följa ändringarna, utan kostnad och utan konto."))}</p>
            <p><strong>{language.Of(new(
                "This is not an official service of any Swedish authority.",
                "Det här är inte en tjänst från någon svensk myndighet."))}</strong></p>
            </header>
            <main>
            <h2>{language.Of(new("The offices", "Kontoren"))}</h2>
            <table>
            <thead><tr><th scope="col">{language.Of(new("Status", "Status"))}</th><th scope="col">{language.Of(new("Offices", "Antal kontor"))}</th></tr></thead>
            <tbody>
            """);
        foreach (var count in publication.Record.Counts)
            html.Add($"<tr><th scope=\"row\">{StatusLabel(language, count.Status)}</th><td>{count.Offices}</td></tr>");
        html.Add($"</tbody>\n</table>");
    }

    private static void AddQueries(Html html, Language language, EntityModel model)
    {
        html.Add($"""
            <h2>{language.Of(new("Query with OData", "Fråga med OData"))}</h2>
            <ul>
            <li><a href="/odata/v1/">{language.Of(new("Service document", "Tjänstedokument"))}</a></li>
            <li><a href="/odata/v1/$metadata">$metadata</a> (XML), <a href="/odata/v1/$metadata?$format=json">$metadata</a> (JSON)</li>
            </ul>
            <h3>{language.Of(new("Entity sets", "Entitetsmängder"))}</h3>
            <ul>
            """);
        foreach (var set in model.Sets)
            html.Add($"<li><a href=\"/odata/v1/{set.Name}\">{language.Of(set.Title)}</a>: {language.Of(set.Description)}</li>");
        html.Add($"</ul>\n<h3>{language.Of(new("Examples", "Exempel"))}</h3>\n<ul>");
        foreach (var (question, path) in Examples)
            html.Add($"<li><a href=\"{path.Replace(" ", "%20", StringComparison.Ordinal)}\">{language.Of(question)}</a><br><code>{path}</code></li>");
        html.Add($"</ul>");
    }

    private static void AddDownloads(Html html, Language language, IReadOnlyList<PublishedFile> files, EntityModel model)
    {
        html.Add($"""
            <h2>{language.Of(new("Download", "Ladda ner"))}</h2>
            <table>
            <thead><tr><th scope="col">{language.Of(new("Dataset", "Datamängd"))}</th><th scope="col">{language.Of(new("File", "Fil"))}</th><th scope="col">{language.Of(new("Format", "Format"))}</th><th scope="col">{language.Of(new("Rows", "Rader"))}</th><th scope="col">{language.Of(new("Size", "Storlek"))}</th></tr></thead>
            <tbody>
            """);
        foreach (var file in files)
        {
            var dataset = model.Find(file.Dataset) is { } set ? language.Of(set.Title) : file.Dataset;
            html.Add($"<tr><th scope=\"row\">{dataset}</th><td><a href=\"/downloads/{file.Name}\">{file.Name}</a></td><td>{file.MediaType}</td><td>{file.Rows}</td><td>{Size(language, file.Bytes)}</td></tr>");
        }

        html.Add($"</tbody>\n</table>");
        html.Add($"<p><a href=\"/downloads/\">{language.Of(new("All files, with their checksums", "Alla filer, med kontrollsummor"))}</a></p>");
    }

    private static void AddFeeds(Html html, Language language) => html.Add($"""
        <h2>{language.Of(new("Follow", "Följ"))}</h2>
        <ul>
        <li><a href="/feeds/changes.atom">{language.Of(new("Every change, as an Atom feed", "Varje ändring, som Atom-flöde"))}</a></li>
        <li><a href="/feeds/changes.json">{language.Of(new("Every change, as a JSON Feed", "Varje ändring, som JSON Feed"))}</a></li>
        <li><a href="/feeds/calendar.ics">{language.Of(new("Openings and closings, as a calendar", "Öppningar och stängningar, som kalender"))}</a></li>
        </ul>
        <p>{language.Of(new(
            "Each also for one county or one agency: add ?county=14 or ?agency=skatteverket.",
            "Vart och ett även för ett län eller en myndighet: lägg till ?county=14 eller ?agency=skatteverket."))}</p>
        """);

    private static void AddAbout(Html html, Language language, Publication publication)
    {
        var at = publication.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        html.Add($"""
            </main>
            <footer>
            <h2>{language.Of(new("About the data", "Om datan"))}</h2>
            <p>{language.Of(new("Revision", "Revision"))} {publication.Revision}, {language.Of(new("published", "publicerad"))} <time datetime="{publication.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}">{at} UTC</time>.
            {language.Of(new("Every row names its sources; what is not public as data, such as addresses and opening hours, is left empty.", "Varje rad anger sina källor; det som inte är offentligt som data, till exempel adresser och öppettider, är tomt."))}</p>
            <p>{language.Of(new("Licence:", "Licens:"))} <a href="{Licence.Url}" rel="license">{Licence.Name}</a>.</p>
            <p>{language.Of(new("State of the service:", "Tjänstens tillstånd:"))} <a href="/health/ready">/health/ready</a>, <a href="/health/live">/health/live</a></p>
            </footer>
            """);
    }

    private static string StatusLabel(Language language, string? status)
    {
        var code = Codes.Status.Codes.FirstOrDefault(code => code.Value == status);
        return code is null ? language.Of(new("Not known", "Inte känd")) : language.Of(new Text(code.En, code.Sv));
    }

    private static string Size(Language language, long bytes)
    {
        if (bytes < 1000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        if (bytes < 1_000_000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0} kB");
        }

        var megabytes = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB");
        return language == Language.Swedish ? megabytes.Replace('.', ',') : megabytes;
    }
}
