using ServiceOffices.Portal;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>What a document of the changes is made of, in whatever format.</summary>
/// <param name="Page">The page of the history that the filter lets through.</param>
/// <param name="Address">Where clients reach this service, without a closing slash: links start with it.</param>
public sealed record ChangesFeed(Publication Publication, FeedFilter Filter, FeedPage Page, string Address, Language Language)
{
    internal static readonly Text Author = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly Text TitleText = new("State service offices: changes", "Statliga servicekontor: ändringar");

    private static readonly Text SubtitleText = new(
        "Every opening, change and closing of Sweden's state service offices, as the register published it.",
        "Varje öppning, ändring och stängning av statens servicekontor, så som registret publicerade den.");

    /// <summary>When the page's newest change was published, in UTC; the first publication's time before any change.</summary>
    public DateTimeOffset Updated => Page.Changes is [var newest, ..] ? newest.At : Publication.Register.Publications[0].At;

    /// <summary>The same in every format, page and language.</summary>
    internal string Id => FeedId.OfChanges(Publication, Filter);

    internal string Title => Filter.Titled(TitleText, Publication, Language);

    internal string Subtitle => Language.Of(SubtitleText);

    /// <summary>Where this very document is.</summary>
    /// <param name="extension">The format, such as <c>atom</c>.</param>
    internal string SelfUrl(string extension, Language? language = null) => Url(extension, Page.Number, language ?? Language);

    /// <summary>Where the page is that readers poll.</summary>
    internal string CurrentUrl(string extension) => Url(extension, null, Language);

    /// <summary>Where a page of the archive is.</summary>
    internal string PageUrl(string extension, int number) => Url(extension, number, Language);

    /// <summary>The office in OData: its entity-id, which answers 404 once the office is removed.</summary>
    internal string OfficeUrl(Change change) =>
        $"{Address}/odata/v1/offices('{Uri.EscapeDataString(change.OfficeId.Replace("'", "''", StringComparison.Ordinal))}')";

    /// <summary>The office for people, in the feed's language; it answers 404 once the office is removed.</summary>
    internal string PageUrlOf(Change change) => Address + new PageAddress(PageKind.Office, Language, change.OfficeId);

    /// <summary>The change in OData, which stays.</summary>
    internal string RecordUrl(Change change) => FormattableString.Invariant($"{Address}/odata/v1/changes({change.Sequence})");

    private string Url(string extension, int? page, Language language)
    {
        var path = page is { } number ? FormattableString.Invariant($"/feeds/changes/{number}.{extension}") : $"/feeds/changes.{extension}";
        return $"{Address}{path}?lang={language.Tag}{Filter.Options}";
    }
}
