using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Portal.Pages;

namespace ServiceOffices.Web.Portal;

/// <summary>Renders the pages of the portal. Each page is a pure function of a publication and its URL.</summary>
public sealed class PortalSite(PortalOptions options)
{
    /// <summary>Allows only files of the same origin and nothing inline.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private PublicationView? latestView;

    /// <summary>Renders the page at a URL; null if it does not exist.</summary>
    /// <param name="query">The query parameters.</param>
    public string? Render(PageUrl url, IReadOnlyDictionary<string, string> query, Publication publication)
    {
        var view = GetView(publication);
        var filter = OfficeFilter.Parse(query, view);
        var comparison = url.Kind == PageKind.Development ? DateComparison.Parse(query, view) : null;
        var page = url switch
        {
            { Kind: PageKind.Start } => StartPage.Create(view, filter),
            { Kind: PageKind.Offices } => OfficesPage.Create(view, filter, options.Formats),
            { Kind: PageKind.Office, OfficeId: { } id } => view.FindOffice(id) is { } office ? OfficePage.Create(view, office, options) : null,
            { Kind: PageKind.Development } => DevelopmentPage.Create(view, comparison!),
            { Kind: PageKind.Data } => DataPage.Create(view, filter, options.Formats),
            { Kind: PageKind.Developers } => DevelopersPage.Create(options.Limits),
            { Kind: PageKind.About } => AboutPage.Create(view, options),
            { Kind: PageKind.Accessibility } => AccessibilityPage.Page,
            { Kind: PageKind.Privacy } => PrivacyPage.Page,
            _ => null,
        };
        return page is null ? null : PageLayout.Render(page, url, url.Language, comparison?.ToQueryString() ?? filter.ToQueryString(), publication);
    }

    /// <summary>Creates the file of the list of offices; null if the URL is that of a page, or if the format does not exist, which the page states.</summary>
    internal async Task<OfficeListFile?> CreateFileAsync(PageUrl url, IReadOnlyDictionary<string, string> query, Publication publication, CancellationToken cancellationToken)
    {
        if (url.Kind != PageKind.Offices || OfficeListFile.FindFormat(query.GetValueOrDefault(OfficeListFile.FormatParameter)) is not { } format)
        {
            return null;
        }

        var view = GetView(publication);
        return await OfficeListFile.CreateAsync(format, view, OfficeFilter.Parse(query, view), url.Language, cancellationToken);
    }

    /// <summary>Gets the URL of the office page whose id differs only by the case of letters; null if there is none.</summary>
    public PageUrl? FindOtherCase(PageUrl url, Publication publication) =>
        url.OfficeId is { } id && GetView(publication).FindOfficeIgnoringCase(id) is { } office && office.Id != id ? url with { OfficeId = office.Id } : null;

    /// <summary>Renders the page of an office that was removed from the register; null if the register never contained it.</summary>
    public static string? RenderRemoved(PageUrl url, Publication publication) =>
        url.OfficeId is { } id && publication.Register.Changes.LastOrDefault(change => change.OfficeId == id) is { } last
            ? PageLayout.Render(RemovedOfficePage.Create(publication, last), url, url.Language, "", publication)
            : null;

    /// <summary>Renders an error page.</summary>
    /// <param name="detail">The description of the error, in English.</param>
    /// <param name="publication">Null if nothing is published.</param>
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

/// <summary>Settings of the installation that the pages show.</summary>
public sealed record PortalOptions
{
    /// <summary>Names of the file formats for queries, the most common first.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Limits of queries with the names of their settings.</summary>
    public IReadOnlyList<(string Name, long Value)> Limits { get; init; } = [];

    /// <summary>Name of the contact; null if none is configured.</summary>
    public string? ContactName { get; init; }

    public string? ContactEmail { get; init; }

    /// <summary>An absolute http or https URL.</summary>
    public string? ContactPage { get; init; }
}
