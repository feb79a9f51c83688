using System.Globalization;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Feeds;

/// <summary>What a document of the changes is made of, in whatever format.</summary>
/// <param name="Page">The page of the history that the filter lets through.</param>
/// <param name="BaseUrl">Where clients reach this service, without a closing slash: links start with it.</param>
public sealed record ChangesFeed(Publication Publication, FeedFilter Filter, FeedPage Page, string BaseUrl, Language Language)
{
    internal static readonly LocalizedString Author = new("Service Offices Open Data", "Servicekontor som öppna data");

    private static readonly LocalizedString TitleText = new("State service offices: changes", "Statliga servicekontor: ändringar");

    private static readonly LocalizedString SubtitleText = new(
        "All openings, changes and closings of Sweden's state service offices, as published in the register.",
        "Alla öppningar, ändringar och stängningar av statens servicekontor, så som de har publicerats i registret.");

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
    internal string GetOfficeUrl(Change change) => $"{BaseUrl}/odata/v1/{EntityUrl.Format("offices", ("id", change.OfficeId))}";

    /// <summary>The office for people, in the feed's language; it answers 404 once the office is removed.</summary>
    internal string GetPortalUrl(Change change) => BaseUrl + new PageUrl(PageKind.Office, Language, change.OfficeId);

    /// <summary>The change in OData, which stays.</summary>
    internal string GetChangeUrl(Change change) => $"{BaseUrl}/odata/v1/{EntityUrl.Format("changes", ("sequence", change.Sequence))}";

    private string GetUrl(string extension, int? page, Language language)
    {
        var path = page is { } number ? FormattableString.Invariant($"/feeds/changes/{number}.{extension}") : $"/feeds/changes.{extension}";
        return $"{BaseUrl}{path}?lang={language.Tag}{Filter.QueryString}";
    }
}

/// <summary>
/// The permanent names of feeds and entries (RFC 4287, 4.2.6). They follow from when the history began and from a
/// change's place in it, not from an address: moving the service to another domain shows no reader an old change again,
/// and another history never takes the names of this one.
/// </summary>
public static class FeedId
{
    /// <summary>The namespace of the UUIDs in feeds and calendars. It never changes: readers recognize an entry by its UUID.</summary>
    internal const string UuidNamespace = "service-offices";

    /// <summary>The feed of the changes that the filter lets through.</summary>
    public static string ForFeed(Publication publication, FeedFilter filter) => "urn:uuid:" + CreateUuid(publication, "changes" + filter.QueryString);

    /// <summary>The entry of one change, the same in every feed, format and language.</summary>
    public static string ForChange(Publication publication, Change change) =>
        "urn:uuid:" + CreateUuid(publication, string.Create(CultureInfo.InvariantCulture, $"changes/{change.Sequence}"));

    private static Guid CreateUuid(Publication publication, string name)
    {
        var firstPublishedAt = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return NameBasedUuid.Create(UuidNamespace, $"{firstPublishedAt} {name}");
    }
}

/// <summary>
/// A page of a history of changes. Pages of the archive are numbered from 1 at the beginning of time and hold exactly
/// <see cref="PageSize"/> changes each: once complete, a page never changes. The current page has everything from the start of
/// the last complete page on (<see cref="PageSize"/> to twice that less one), and so meets the archive without gap or overlap.
/// </summary>
/// <param name="Changes">Newest first.</param>
/// <param name="Number">The page's number in the archive; null for the current page.</param>
/// <param name="Previous">The number of the page with the changes just before; null where there are none.</param>
public sealed record FeedPage(IReadOnlyList<Change> Changes, int? Number, int? Previous)
{
    /// <summary>The changes of a page of the archive.</summary>
    public const int PageSize = 50;

    /// <summary>The page that readers poll.</summary>
    /// <param name="history">Ordered by sequence.</param>
    public static FeedPage GetCurrent(IReadOnlyList<Change> history)
    {
        var before = Math.Max(CountComplete(history) - 1, 0);
        return new(TakeNewestFirst(history, before * PageSize, history.Count), null, before == 0 ? null : before);
    }

    /// <summary>A complete page of the archive; null where there is none of this number, or none yet.</summary>
    /// <param name="history">Ordered by sequence.</param>
    public static FeedPage? GetArchived(IReadOnlyList<Change> history, int number) =>
        number < 1 || number > CountComplete(history)
            ? null
            : new(TakeNewestFirst(history, (number - 1) * PageSize, number * PageSize), number, number == 1 ? null : number - 1);

    /// <summary>How many pages the archive has.</summary>
    public static int CountComplete(IReadOnlyList<Change> history) => history.Count / PageSize;

    private static Change[] TakeNewestFirst(IReadOnlyList<Change> history, int from, int to)
    {
        var page = new Change[to - from];
        for (var i = 0; i < page.Length; i++)
        {
            page[i] = history[to - 1 - i];
        }

        return page;
    }
}
