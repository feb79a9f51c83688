using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Portal.Pages;

namespace ServiceOffices.Web.Portal;

/// <summary>The portal: pages for people, each a pure function of a publication and its address.</summary>
public sealed class PortalSite(PortalOptions options)
{
    /// <summary>What the pages may load: this origin's own files, nothing inline, nothing from elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private PublicationView? latestView;

    /// <summary>The page at an address, or null where there is none.</summary>
    /// <param name="query">The request's options, each once.</param>
    public string? Render(PageUrl url, IReadOnlyDictionary<string, string> query, Publication publication)
    {
        var view = GetView(publication);
        var filter = OfficeFilter.Parse(query, view);
        var page = url switch
        {
            { Kind: PageKind.Start } => StartPage.Create(view, filter),
            { Kind: PageKind.Offices } => OfficesPage.Create(view, filter, options.Formats),
            { Kind: PageKind.Office, OfficeId: { } id } => view.FindOffice(id) is { } office ? OfficePage.Create(view, office) : null,
            { Kind: PageKind.Development } => DevelopmentPage.Create(view),
            { Kind: PageKind.Data } => DataPage.Create(view, filter, options.Formats),
            { Kind: PageKind.Developers } => DevelopersPage.Create(options.Limits),
            { Kind: PageKind.About } => AboutPage.Create(view, options),
            { Kind: PageKind.Accessibility } => AccessibilityPage.Page,
            { Kind: PageKind.Privacy } => PrivacyPage.Page,
            _ => null,
        };
        return page is null ? null : PageLayout.Render(page, url, url.Language, filter.ToQueryString(), publication);
    }

    /// <summary>The page that says that something is wrong, and where to go from there.</summary>
    /// <param name="detail">What is wrong, in English.</param>
    /// <param name="publication">Null where nothing is published.</param>
    public static string RenderError(int status, string detail, Language language, Publication? publication) =>
        PageLayout.Render(ErrorPage.Create(status, detail), null, language, "", publication);

    private PublicationView GetView(Publication publication)
    {
        var view = latestView;
        if (view?.Publication != publication)
        {
            latestView = view = new PublicationView(publication);
        }

        return view;
    }
}

/// <summary>What the pages say of the installation that serves them.</summary>
public sealed record PortalOptions
{
    /// <summary>Names of the file formats that queries are answered in, those most people open first.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>The limits of queries by the names of their settings.</summary>
    public IReadOnlyList<(string Name, long Value)> Limits { get; init; } = [];

    /// <summary>Who answers questions about the data; null where nobody is stated.</summary>
    public string? ContactName { get; init; }

    public string? ContactEmail { get; init; }

    /// <summary>An absolute http or https URL.</summary>
    public string? ContactPage { get; init; }
}
