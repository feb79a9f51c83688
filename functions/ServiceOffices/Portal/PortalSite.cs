using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Portal;

/// <summary>The portal: pages for people, each a pure function of a publication and its address.</summary>
public sealed class PortalSite(PortalOptions options)
{
    /// <summary>What the pages may load: this origin's own files, nothing inline, nothing from elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private Network? latest;

    /// <summary>The page at an address, or null where there is none.</summary>
    /// <param name="query">The request's options, each once.</param>
    public string? Render(PageAddress address, IReadOnlyDictionary<string, string> query, Publication publication)
    {
        var network = Of(publication);
        var filter = OfficeFilter.Parse(query, network);
        var page = address switch
        {
            { Page: PageKind.Start } => StartPage.Of(network, filter),
            { Page: PageKind.Offices } => OfficesPage.Of(network, filter, options.Formats),
            { Page: PageKind.Office, OfficeId: { } id } => network.Find(id) is { } office ? OfficePage.Of(network, office) : null,
            { Page: PageKind.Development } => DevelopmentPage.Of(network),
            { Page: PageKind.Data } => DataPage.Of(network, filter, options.Formats),
            { Page: PageKind.Developers } => DevelopersPage.Of(options.Limits),
            { Page: PageKind.About } => AboutPage.Of(network, options),
            { Page: PageKind.Accessibility } => AccessibilityPage.Page,
            { Page: PageKind.Privacy } => PrivacyPage.Page,
            _ => null,
        };
        return page is null ? null : Layout.Write(page, address, address.Language, filter.Query(), publication);
    }

    /// <summary>The page that says that something is wrong, and where to go from there.</summary>
    /// <param name="detail">What is wrong, in English.</param>
    /// <param name="publication">Null where nothing is published.</param>
    public static string RenderError(int status, string detail, Language language, Publication? publication) =>
        Layout.Write(ErrorPage.Of(status, detail), null, language, "", publication);

    private Network Of(Publication publication)
    {
        var known = latest;
        if (known?.Publication != publication)
        {
            latest = known = new Network(publication);
        }

        return known;
    }
}
