using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>What every page has around it: the head, the way to the other pages, the foot.</summary>
internal static class Layout
{
    public static readonly Text SiteName = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly (PageKind Page, Text Label)[] Menu =
    [
        (PageKind.Offices, new("Offices", "Kontor")),
        (PageKind.Development, new("Development", "Utveckling")),
        (PageKind.Data, new("Data", "Data")),
        (PageKind.Developers, new("Developers", "Utvecklare")),
        (PageKind.About, new("About", "Om")),
    ];

    /// <param name="address">Where the page is; null for a page that says there is none.</param>
    /// <param name="query">What follows its address and belongs to what it shows, such as a filter.</param>
    /// <param name="publication">Null where nothing is published yet.</param>
    public static string Write(Page page, PageAddress? address, Language language, string query, Publication? publication) =>
        Write(page, address, language, InOther(address ?? new PageAddress(PageKind.Start, language), query), publication);

    /// <summary>A page that the platform serves beside the portal, in the portal's frame.</summary>
    /// <param name="path">Where it is; <c>?lang=</c> chooses its language.</param>
    public static string Write(Page page, string path, Language language)
    {
        var other = language == Language.Swedish ? Language.English : Language.Swedish;
        return Write(page, null, language, new OtherLanguage(other, $"{path}?lang={other.Tag}"), null);
    }

    private static OtherLanguage InOther(PageAddress address, string query)
    {
        var (language, link) = (address.Other.Language, address.Other.Link);
        return new(language, link + (link.Contains('?', StringComparison.Ordinal) ? query.Replace('?', '&') : query));
    }

    private static string Write(Page page, PageAddress? address, Language language, OtherLanguage other, Publication? publication)
    {
        var html = new Html(language);
        AddHead(html, page, address);
        AddHeader(html, address, other);
        html.Add($"<main id=\"main\">");
        page.Write(html);
        html.Add($"</main>");
        AddFooter(html, publication);
        html.Add($"</body>\n</html>");
        return html.ToString();
    }

    private static void AddHead(Html html, Page page, PageAddress? address)
    {
        html.Add($"""
            <!DOCTYPE html>
            <html lang="{html.Language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            """);
        if (address?.Page == PageKind.Start)
        {
            html.Add($"<title>{SiteName}</title>");
        }
        else
        {
            html.Add($"<title>{page.Title} – {SiteName}</title>");
        }

        html.Add($"""
            <meta name="description" content="{page.Description}">
            <link rel="stylesheet" href="{PortalAssets.Url("portal.css")}">
            <link rel="icon" type="image/svg+xml" href="{PortalAssets.Url("icon.svg")}">
            """);
        foreach (var script in page.Scripts)
        {
            html.Add($"<script type=\"module\" src=\"{PortalAssets.Url(script)}\"></script>");
        }

        if (address is not null)
        {
            html.Add($"<link rel=\"canonical\" href=\"{address}\">");
            foreach (var each in new[] { address, address.Other }.OrderByDescending(each => each.Language.Tag))
            {
                html.Add($"<link rel=\"alternate\" hreflang=\"{each.Language.Tag}\" href=\"{each}\">");
            }
        }

        html.Add($"""
            <link rel="license" href="{AboutPage.LicenceUrl}">
            <link rel="describedby" type="application/ld+json" href="/datasets/schema.jsonld">
            <link rel="alternate" type="application/atom+xml" title="{new Text("Changes", "Ändringar")}" href="/feeds/changes.atom">
            <link rel="alternate" type="application/feed+json" title="{new Text("Changes", "Ändringar")}" href="/feeds/changes.json">
            <link rel="alternate" type="text/calendar" title="{new Text("Openings and closings", "Öppningar och stängningar")}" href="/feeds/calendar.ics">
            </head>
            """);
    }

    private static void AddHeader(Html html, PageAddress? address, OtherLanguage other)
    {
        var start = new PageAddress(PageKind.Start, html.Language);
        html.Add($"""
            <body>
            <a class="skip" href="#main">{new Text("Skip to the content", "Hoppa till innehållet")}</a>
            <header class="top">
            <div class="top-inner">
            <a class="brand" href="{start.Link}"><svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.8a8 8 0 0 0-8 8c0 5.6 8 12.4 8 12.4s8-6.8 8-12.4a8 8 0 0 0-8-8z"/><circle cx="12" cy="9.8" r="3.2"/></svg><span>{new Text("Service Offices", "Servicekontor")} <span class="brand-soft">{new Text("Open Data", "som öppna data")}</span></span></a>
            <a class="language" href="{other.Link}" hreflang="{other.Language.Tag}" lang="{other.Language.Tag}">{other.Language.Name}</a>
            <nav class="menu" aria-label="{new Text("Pages", "Sidor")}">
            <ul>
            """);
        foreach (var (page, label) in Menu)
        {
            var target = new PageAddress(page, html.Language);
            if (IsWithin(address, page))
            {
                html.Add($"<li><a href=\"{target}\" aria-current=\"{(address!.Page == page ? "page" : "true")}\">{label}</a></li>");
            }
            else
            {
                html.Add($"<li><a href=\"{target}\">{label}</a></li>");
            }
        }

        html.Add($"</ul>\n</nav>\n</div>\n</header>");
    }

    private static bool IsWithin(PageAddress? address, PageKind page) => page switch
    {
        PageKind.Offices => address?.Page is PageKind.Offices or PageKind.Office,
        PageKind.About => address?.Page is PageKind.About or PageKind.Accessibility or PageKind.Privacy,
        _ => address?.Page == page,
    };

    private static void AddFooter(Html html, Publication? publication)
    {
        var language = html.Language;
        html.Add($"""
            <footer class="foot">
            <div class="foot-inner">
            <p><strong>{new Text("This is not an official service of any Swedish authority.", "Det här är inte en tjänst från någon svensk myndighet.")}</strong>
            {new Text("The register is compiled from public sources, each named in the data.", "Registret är sammanställt ur offentliga källor, och varje uppgift anger sin.")}</p>
            """);
        if (publication is not null)
        {
            html.Add($"""
                <p>{new Text("Revision", "Revision")} {publication.Revision}, <time datetime="{publication.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}">{Labels.Date(LocalDate.InStockholm(publication.At))}</time>.
                {new Text("Licence:", "Licens:")} <a href="{AboutPage.LicenceUrl}" rel="license">CC0 1.0</a>, {new Text("free for any use.", "fri för all användning.")}</p>
                """);
        }

        html.Add($"""
            <ul class="foot-links">
            <li><a href="{new PageAddress(PageKind.About, language)}">{new Text("About the data", "Om datan")}</a></li>
            <li><a href="{new PageAddress(PageKind.Accessibility, language)}">{new Text("Accessibility", "Tillgänglighet")}</a></li>
            <li><a href="{new PageAddress(PageKind.Privacy, language)}">{new Text("Privacy", "Integritet")}</a></li>
            <li><a href="/feeds/changes.atom">{new Text("Feed of changes", "Ändringar som flöde")}</a></li>
            <li><a href="/openapi.json">OpenAPI</a></li>
            <li><a href="/health/ready">{new Text("State of the service", "Tjänstens tillstånd")}</a></li>
            </ul>
            </div>
            </footer>
            """);
    }

    /// <summary>The way to the same page in the other language.</summary>
    private sealed record OtherLanguage(Language Language, string Link);
}
