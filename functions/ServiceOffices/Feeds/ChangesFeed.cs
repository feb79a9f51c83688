using ServiceOffices.Portal;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>What a document of the changes is made of, in whatever format.</summary>
/// <param name="Page">The page of the history that the filter lets through.</param>
/// <param name="BaseUrl">Where clients reach this service, without a closing slash: links start with it.</param>
public sealed record ChangesFeed(Publication Publication, FeedFilter Filter, FeedPage Page, string BaseUrl, Language Language)
{
    internal static readonly LocalizedString Author = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly LocalizedString TitleText = new("State service offices: changes", "Statliga servicekontor: ändringar");

    private static readonly LocalizedString SubtitleText = new(
        "Every opening, change and closing of Sweden's state service offices, as the register published it.",
        "Varje öppning, ändring och stängning av statens servicekontor, så som registret publicerade den.");

    /// <summary>When the page's newest change was published, in UTC; the first publication's time before any change.</summary>
    public DateTimeOffset Updated => Page.Changes is [var newest, ..] ? newest.At : Publication.Register.Publications[0].At;

    /// <summary>The same in every format, page and language.</summary>
    internal string Id => FeedId.ForFeed(Publication, Filter);

    internal string Title => Filter.FormatTitle(TitleText, Publication, Language);

    internal string Subtitle => Language.Localize(SubtitleText);

    /// <summary>Where this very document is.</summary>
    /// <param name="extension">The format, such as <c>atom</c>.</param>
    internal string GetSelfUrl(string extension, Language? language = null) => GetUrl(extension, Page.Number, language ?? Language);

    /// <summary>Where the page is that readers poll.</summary>
    internal string GetCurrentUrl(string extension) => GetUrl(extension, null, Language);

    /// <summary>Where a page of the archive is.</summary>
    internal string GetPageUrl(string extension, int number) => GetUrl(extension, number, Language);

    /// <summary>The office in OData: its entity-id, which answers 404 once the office is removed.</summary>
    internal string GetOfficeUrl(Change change) =>
        $"{BaseUrl}/odata/v1/offices('{Uri.EscapeDataString(change.OfficeId.Replace("'", "''", StringComparison.Ordinal))}')";

    /// <summary>The office for people, in the feed's language; it answers 404 once the office is removed.</summary>
    internal string GetPortalUrl(Change change) => BaseUrl + new PageUrl(PageKind.Office, Language, change.OfficeId);

    /// <summary>The change in OData, which stays.</summary>
    internal string GetChangeUrl(Change change) => FormattableString.Invariant($"{BaseUrl}/odata/v1/changes({change.Sequence})");

    private string GetUrl(string extension, int? page, Language language)
    {
        var path = page is { } number ? FormattableString.Invariant($"/feeds/changes/{number}.{extension}") : $"/feeds/changes.{extension}";
        return $"{BaseUrl}{path}?lang={language.Tag}{Filter.QueryString}";
    }
}
