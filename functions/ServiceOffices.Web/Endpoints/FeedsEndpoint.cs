using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/feeds/…</c>: changes and openings of offices for feed readers, calendars and polling programs.</summary>
public sealed class FeedsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl) : IDisposable
{
    private const string County = "county";
    private const string Agency = "agency";

    // A feed takes up to some hundred kB.
    private const int MaxCachedFeeds = 64;
    private const int MaxCachedFeedsOfOtherHosts = 8;

    private readonly BoundedCache<FeedKey, Reply> cache = new("feeds", MaxCachedFeeds);
    // Feeds with host names that clients chose, which must not evict those of others.
    private readonly BoundedCache<FeedKey, Reply> cacheOfOtherHosts = new("feeds of other hosts", MaxCachedFeedsOfOtherHosts);
    private readonly ChangeHistory history = new();

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    public void Dispose()
    {
        cache.Dispose();
        cacheOfOtherHosts.Dispose();
    }

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (FeedPath.Parse(request.Path.Value ?? "") is not { } path)
        {
            return NotFound($"There is no feed '{request.Path}'. Available: {FeedPath.KnownPaths}.");
        }

        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName, County, Agency) is { } problem)
        {
            return problem.ToReply();
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var filter = new FeedFilter(GetOption(request, County), GetOption(request, Agency));
        if (ValidateFilter(filter, publication.Register.Reference) is { } unknown)
        {
            return unknown.ToReply();
        }

        var key = new FeedKey(publication.Revision, path.Extension, path.Page, filter, Language.FromRequest(request), publicUrl.GetBaseUrl(request));
        var hostCache = publicUrl.IsOwnAddress(request) ? cache : cacheOfOtherHosts;
        if (!hostCache.TryGet(key, out var reply))
        {
            var changes = history.GetChanges(publication, filter);
            reply = path.Extension == FeedPath.CalendarExtension ? CreateCalendarReply(publication, changes, key) : CreateChangesReply(publication, changes, key);
            hostCache.Add(key, reply);
        }

        return reply;
    }

    private static string? GetOption(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static HttpProblem? ValidateFilter(FeedFilter filter, ReferenceData reference) =>
        ValidateOption(County, filter.County, reference.Counties.Select(county => county.Code))
        ?? ValidateOption(Agency, filter.Agency, reference.Agencies.Select(agency => agency.Id));

    private static HttpProblem? ValidateOption(string name, string? value, IEnumerable<string> allowed) =>
        value is null || allowed.Contains(value, StringComparer.Ordinal)
            ? null
            : HttpProblem.BadRequest($"{name} must be one of {string.Join(", ", allowed)}; got '{value}'.");

    private static Reply CreateChangesReply(Publication publication, IReadOnlyList<Change> history, FeedKey key)
    {
        var page = key.Page is { } number ? FeedPage.GetArchived(history, number) : FeedPage.GetCurrent(history);
        if (page is null)
        {
            return CreateMissingPageReply(history, key);
        }

        var changes = new ChangesFeed(publication, key.Filter, page, key.BaseUrl, key.Language);
        var reply = key.Document == AtomFeed.Extension
            ? CreateReply(AtomFeed.MediaType, AtomFeed.Write(changes), key.Language)
            : CreateReply(JsonFeed.MediaType, JsonFeed.Write(changes), key.Language);

        // A page of the archive belongs to the revision that completed it.
        return page is { Number: not null, Changes: [var last, ..] }
            ? reply.WithRevision(last.Publication, last.At) with { CacheControl = CachePolicy.Immutable }
            : reply.WithRevision(publication.Revision, publication.At) with { LastModified = changes.Updated };
    }

    private static Reply CreateCalendarReply(Publication publication, IReadOnlyList<Change> history, FeedKey key)
    {
        // The newest change may be that of an office that was removed or left the county and is not in the calendar.
        var updated = history is [.., var newest] ? newest.At : publication.Register.Publications[0].At;
        return CreateReply(CalendarFeed.MediaType, CalendarFeed.Write(publication, key.Filter, key.BaseUrl, key.Language), key.Language)
            .WithRevision(publication.Revision, publication.At)
            .WithHeader("Content-Disposition", "inline; filename=\"servicekontor.ics\"") with { LastModified = updated };
    }

    private static Reply CreateReply(string mediaType, byte[] feed, Language language) =>
        Reply.CreateDocument(mediaType, feed, "Accept-Language").WithHeader("Content-Language", language.Tag);

    // The newest complete page is immutable and therefore links the next page, which is not complete yet. Until it is, its
    // changes are in the current document.
    private static Reply CreateMissingPageReply(IReadOnlyList<Change> history, FeedKey key)
    {
        var completePages = FeedPage.CountComplete(history);
        return key.Page == completePages + 1
            ? new Reply { Status = StatusCodes.Status307TemporaryRedirect, CacheControl = CachePolicy.Latest, Vary = ["Accept-Language"] }
                .WithHeader("Location", $"{key.BaseUrl}/feeds/changes.{key.Document}?lang={key.Language.Tag}{key.Filter.QueryString}")
            : NotFound(FormattableString.Invariant(
                $"The archive has no page {key.Page}. Complete pages: {completePages}, with {FeedPage.PageSize} changes each. Newer changes are in /feeds/changes.{key.Document}."));
    }

    private static Reply NotFound(string detail) => HttpProblem.NotFound(detail).ToReply();

    /// <summary>Everything that determines a feed's bytes.</summary>
    private sealed record FeedKey(long Revision, string Document, int? Page, FeedFilter Filter, Language Language, string BaseUrl);
}
