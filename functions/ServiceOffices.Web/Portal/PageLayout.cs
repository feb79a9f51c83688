using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Portal.Pages;

namespace ServiceOffices.Web.Portal;

/// <summary>Renders the parts that all pages share: head, header with menu, and footer.</summary>
internal static class PageLayout
{
    public static readonly LocalizedString SiteName = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly (PageKind Page, LocalizedString Label)[] Menu =
    [
        (PageKind.Offices, new("Offices", "Kontor")),
        (PageKind.Development, new("Statistics", "Statistik")),
        (PageKind.Data, new("Data", "Data")),
        (PageKind.Developers, new("Developers", "Utvecklare")),
        (PageKind.About, new("About", "Om")),
    ];

    // The feeds negotiate their language: a page links to the feed in its own.
    internal static readonly LocalizedString FeedLanguage = new("?lang=en", "?lang=sv");

    /// <param name="url">The URL of the page; null for an error page.</param>
    /// <param name="query">The query string that is part of the page, such as a filter.</param>
    /// <param name="publication">Null if nothing is published yet.</param>
    public static string Render(PortalPage page, PageUrl? url, Language language, string query, Publication? publication) =>
        Render(page, url, language, GetOtherLanguage(url ?? new PageUrl(PageKind.Start, language), query), publication);

    /// <summary>Renders a page outside the portal, such as a documentation page, with the same layout.</summary>
    /// <param name="path">The path of the page; <c>?lang=</c> selects its language.</param>
    public static string Render(PortalPage page, string path, Language language)
    {
        var other = language == Language.Swedish ? Language.English : Language.Swedish;
        return Render(page, null, language, new LanguageLink(other, $"{path}?lang={other.Tag}"), null);
    }

    private static LanguageLink GetOtherLanguage(PageUrl url, string query)
    {
        var (language, link) = (url.InOtherLanguage.Language, url.InOtherLanguage.ExplicitLanguageUrl);
        return new(language, link + (link.Contains('?', StringComparison.Ordinal) ? query.Replace('?', '&') : query));
    }

    private static string Render(PortalPage page, PageUrl? url, Language language, LanguageLink other, Publication? publication)
    {
        var html = new HtmlBuilder(language);
        RenderHead(html, page, url);
        RenderHeader(html, url, other);
        html.AppendLine($"<main id=\"main\">");
        page.RenderBody(html);
        html.AppendLine($"</main>");
        RenderFooter(html, publication);
        html.AppendLine($"</body>\n</html>");
        return html.ToString();
    }

    private static void RenderHead(HtmlBuilder html, PortalPage page, PageUrl? url)
    {
        html.AppendLine($"""
            <!DOCTYPE html>
            <html lang="{html.Language.Tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            """);
        if (url?.Kind == PageKind.Start)
        {
            html.AppendLine($"<title>{SiteName}</title>");
        }
        else
        {
            html.AppendLine($"<title>{page.Title} – {SiteName}</title>");
        }

        html.AppendLine($"""
            <meta name="description" content="{page.Description}">
            <link rel="stylesheet" href="{PortalAssets.GetUrl("portal.css")}">
            <link rel="icon" type="image/svg+xml" href="{PortalAssets.GetUrl("icon.svg")}">
            """);
        foreach (var script in page.Scripts)
        {
            html.AppendLine($"<script type=\"module\" src=\"{PortalAssets.GetUrl(script)}\"></script>");
        }

        if (url is not null)
        {
            html.AppendLine($"<link rel=\"canonical\" href=\"{url}\">");
            foreach (var alternate in new[] { url, url.InOtherLanguage }.OrderByDescending(alternate => alternate.Language.Tag))
            {
                html.AppendLine($"<link rel=\"alternate\" hreflang=\"{alternate.Language.Tag}\" href=\"{alternate}\">");
            }
        }

        html.AppendLine($"""
            <link rel="license" href="{AboutPage.LicenceUrl}">
            <link rel="describedby" type="application/ld+json" href="/datasets/schema.jsonld">
            <link rel="alternate" type="application/atom+xml" title="{new LocalizedString("Changes", "Ändringar")}" href="/feeds/changes.atom{FeedLanguage}">
            <link rel="alternate" type="application/feed+json" title="{new LocalizedString("Changes", "Ändringar")}" href="/feeds/changes.json{FeedLanguage}">
            <link rel="alternate" type="text/calendar" title="{new LocalizedString("Openings and closings", "Öppningar och stängningar")}" href="/feeds/calendar.ics{FeedLanguage}">
            </head>
            """);
    }

    private static void RenderHeader(HtmlBuilder html, PageUrl? url, LanguageLink other)
    {
        var start = new PageUrl(PageKind.Start, html.Language);
        html.AppendLine($"""
            <body>
            <a class="skip" href="#main">{new LocalizedString("Skip to content", "Hoppa till innehållet")}</a>
            <header class="top">
            <div class="top-inner">
            <a class="brand" href="{start.ExplicitLanguageUrl}"><svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.8a8 8 0 0 0-8 8c0 5.6 8 12.4 8 12.4s8-6.8 8-12.4a8 8 0 0 0-8-8z"/><circle cx="12" cy="9.8" r="3.2"/></svg><span>{new LocalizedString("Service Offices", "Servicekontor")} <span class="brand-soft">{new LocalizedString("Open Data", "som öppna data")}</span></span></a>
            <a class="language" href="{other.Url}" hreflang="{other.Language.Tag}" lang="{other.Language.Tag}">{other.Language.Name}</a>
            <nav class="menu" aria-label="{new LocalizedString("Pages", "Sidor")}">
            <ul>
            """);
        foreach (var (page, label) in Menu)
        {
            var target = new PageUrl(page, html.Language);
            if (IsCurrentSection(url, page))
            {
                html.AppendLine($"<li><a href=\"{target}\" aria-current=\"{(url!.Kind == page ? "page" : "true")}\">{label}</a></li>");
            }
            else
            {
                html.AppendLine($"<li><a href=\"{target}\">{label}</a></li>");
            }
        }

        html.AppendLine($"</ul>\n</nav>\n</div>\n</header>");
    }

    private static bool IsCurrentSection(PageUrl? url, PageKind page) => page switch
    {
        PageKind.Offices => url?.Kind is PageKind.Offices or PageKind.Office,
        PageKind.About => url?.Kind is PageKind.About or PageKind.Accessibility or PageKind.Privacy,
        _ => url?.Kind == page,
    };

    private static void RenderFooter(HtmlBuilder html, Publication? publication)
    {
        var language = html.Language;
        html.AppendLine($"""
            <footer class="foot">
            <div class="foot-inner">
            <p><strong>{new LocalizedString("This is not an official service of any Swedish authority.", "Det här är inte en tjänst från någon svensk myndighet.")}</strong>
            {new LocalizedString("The register is compiled from public sources, which are listed in the data.", "Registret är sammanställt från offentliga källor, som anges i uppgifterna.")}</p>
            """);
        if (publication is not null)
        {
            html.AppendLine($"""
                <p>{new LocalizedString("Revision", "Revision")} {publication.Revision}, <time datetime="{publication.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}">{LabelFormatter.FormatDate(LocalDate.InStockholm(publication.At))}</time>.
                {new LocalizedString("Licence:", "Licens:")} <a href="{AboutPage.LicenceUrl}" rel="license">CC0 1.0</a>, {new LocalizedString("free to use for any purpose.", "får användas fritt.")}</p>
                """);
        }

        html.AppendLine($"""
            <ul class="foot-links">
            <li><a href="{new PageUrl(PageKind.About, language)}">{new LocalizedString("About the data", "Om uppgifterna")}</a></li>
            <li><a href="{new PageUrl(PageKind.Accessibility, language)}">{new LocalizedString("Accessibility", "Tillgänglighet")}</a></li>
            <li><a href="{new PageUrl(PageKind.Privacy, language)}">{new LocalizedString("Privacy", "Integritet")}</a></li>
            <li><a href="/feeds/changes.atom{FeedLanguage}">{new LocalizedString("Feed of changes", "Flöde med ändringar")}</a></li>
            <li><a href="/openapi.json">OpenAPI</a></li>
            <li><a href="/health/ready">{new LocalizedString("Service status", "Driftstatus")}</a></li>
            </ul>
            </div>
            </footer>
            """);
    }

    /// <summary>A link to the same page in the other language.</summary>
    private sealed record LanguageLink(Language Language, string Url);
}

/// <summary>A page without its layout.</summary>
/// <param name="Title">The heading, which also becomes the title of the document.</param>
/// <param name="Description">The description for search engines and previews.</param>
/// <param name="Scripts">Optional script modules; the page works without them.</param>
/// <param name="RenderBody">Renders the content of the <c>main</c> element.</param>
internal sealed record PortalPage(LocalizedString Title, LocalizedString Description, IReadOnlyList<string> Scripts, Action<HtmlBuilder> RenderBody);
