using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Feeds;

/// <summary>The content of a feed document of changes, for all formats.</summary>
/// <param name="Page">The page of the filtered history.</param>
/// <param name="BaseUrl">The URL of this service as clients use it, without a trailing slash.</param>
public sealed record ChangesFeed(Publication Publication, FeedFilter Filter, FeedPage Page, string BaseUrl, Language Language)
{
    internal static readonly LocalizedString Author = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly LocalizedString TitleText = new("State service offices: changes", "Statliga servicekontor: ändringar");

    private static readonly LocalizedString SubtitleText = new(
        "All openings, changes and closings of Sweden's state service offices, as published in the register.",
        "Alla öppningar, ändringar och stängningar av statens servicekontor, så som de har publicerats i registret.");

    /// <summary>Gets the UTC time at which the page's newest change was published, or that of the first publication if the page is empty.</summary>
    public DateTimeOffset Updated => Page.Changes is [var newest, ..] ? newest.At : Publication.Register.Publications[0].At;

    /// <summary>Gets the feed's id, which is the same in every format, page and language.</summary>
    internal string Id => FeedId.ForFeed(Publication, Filter);

    /// <summary>Gets the formatter of the changes in the feed's language.</summary>
    internal ChangeFormatter Formatter { get; } = new(Publication, Language);

    internal string Title => Filter.FormatTitle(TitleText, Publication, Language);

    internal string Subtitle => Language.Localize(SubtitleText);

    /// <summary>Gets the URL of this document.</summary>
    /// <param name="extension">The format, such as <c>atom</c>.</param>
    internal string GetSelfUrl(string extension, Language? language = null) => GetUrl(extension, Page.Number, language ?? Language);

    /// <summary>Gets the URL of the current page, which readers poll.</summary>
    internal string GetCurrentUrl(string extension) => GetUrl(extension, null, Language);

    /// <summary>Gets the URL of a page of the archive.</summary>
    internal string GetPageUrl(string extension, int number) => GetUrl(extension, number, Language);

    /// <summary>Gets the office's OData URL, its entity-id, which returns 404 after the office is removed.</summary>
    internal string GetOfficeUrl(Change change) => $"{BaseUrl}/odata/v1/{EntityUrl.Format("offices", ("id", change.OfficeId))}";

    /// <summary>Gets the URL of the office's page in the feed's language, which returns 404 after the office is removed.</summary>
    internal string GetPortalUrl(Change change) => BaseUrl + new PageUrl(PageKind.Office, Language, change.OfficeId);

    /// <summary>Gets the change's OData URL, which is permanent.</summary>
    internal string GetChangeUrl(Change change) => $"{BaseUrl}/odata/v1/{EntityUrl.Format("changes", ("sequence", change.Sequence))}";

    private string GetUrl(string extension, int? page, Language language)
    {
        var path = page is { } number ? FormattableString.Invariant($"/feeds/changes/{number}.{extension}") : $"/feeds/changes.{extension}";
        return $"{BaseUrl}{path}?lang={language.Tag}{Filter.QueryString}";
    }
}

/// <summary>
/// Creates the permanent ids of feeds and entries (RFC 4287, 4.2.6). They derive from the start of the history and the change's
/// sequence number, not from a URL: after a move to another domain, readers do not see old changes as new, and another history has
/// other ids.
/// </summary>
public static class FeedId
{
    /// <summary>The namespace of the UUIDs in feeds of changes. It must not change, because readers recognize entries by their UUIDs.</summary>
    internal const string UuidNamespace = "service-offices";

    /// <summary>Creates the id of the feed with a filter.</summary>
    public static string ForFeed(Publication publication, FeedFilter filter) => "urn:uuid:" + CreateUuid(publication, "changes" + filter.QueryString);

    /// <summary>Creates the id of a change's entry, which is the same in every feed, format and language.</summary>
    public static string ForChange(Publication publication, Change change) =>
        "urn:uuid:" + CreateUuid(publication, string.Create(CultureInfo.InvariantCulture, $"changes/{change.Sequence}"));

    private static Guid CreateUuid(Publication publication, string name)
    {
        var firstPublishedAt = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return NameBasedUuid.Create(UuidNamespace, $"{firstPublishedAt} {name}");
    }
}

/// <summary>
/// A page of the changes. Pages of the archive are numbered from 1, the oldest, and have exactly <see cref="PageSize"/> changes each; a
/// complete page never changes. The current page has all changes from the start of the last complete page (from
/// <see cref="PageSize"/> to twice that less one), so that its previous page follows without gap or overlap.
/// </summary>
/// <param name="Changes">The changes, newest first.</param>
/// <param name="Number">The page's number in the archive; null for the current page.</param>
/// <param name="Previous">The number of the page with the preceding changes; null if there are none.</param>
public sealed record FeedPage(IReadOnlyList<Change> Changes, int? Number, int? Previous)
{
    /// <summary>The number of changes in a page of the archive.</summary>
    public const int PageSize = 50;

    /// <summary>Gets the current page, which readers poll.</summary>
    /// <param name="history">The changes, ordered by sequence.</param>
    public static FeedPage GetCurrent(IReadOnlyList<Change> history)
    {
        var previous = Math.Max(CountComplete(history) - 1, 0);
        return new(TakeNewestFirst(history, previous * PageSize, history.Count), null, previous == 0 ? null : previous);
    }

    /// <summary>Gets a complete page of the archive; null if there is no complete page with this number.</summary>
    /// <param name="history">The changes, ordered by sequence.</param>
    public static FeedPage? GetArchived(IReadOnlyList<Change> history, int number) =>
        number < 1 || number > CountComplete(history)
            ? null
            : new(TakeNewestFirst(history, (number - 1) * PageSize, number * PageSize), number, number == 1 ? null : number - 1);

    /// <summary>Gets the number of pages in the archive.</summary>
    public static int CountComplete(IReadOnlyList<Change> history) => history.Count / PageSize;

    private static Change[] TakeNewestFirst(IReadOnlyList<Change> history, int start, int end)
    {
        var page = new Change[end - start];
        for (var i = 0; i < page.Length; i++)
        {
            page[i] = history[end - 1 - i];
        }

        return page;
    }
}
