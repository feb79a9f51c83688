using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/feeds/…</c>: what changed and when offices open and close, for readers, calendars and programs that poll.</summary>
public sealed class FeedsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl)
{
    private const string County = "county";
    private const string Agency = "agency";

    private readonly FeedCache cache = new();
    private readonly ChangeHistory history = new();

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (FeedPath.Parse(request.Path.Value ?? "") is not { } path)
        {
            return NotFound($"There is no feed '{request.Path}'; there are {FeedPath.KnownPaths}.");
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

        var key = new FeedCache.Key(path.Extension, path.Page, filter, Language.FromRequest(request), publicUrl.GetBaseUrl(request));
        return cache.GetOrAdd(publication, key, () =>
        {
            var changes = history.GetChanges(publication, filter);
            return path.Extension == FeedPath.CalendarExtension ? CreateCalendarReply(publication, changes, key) : CreateChangesReply(publication, changes, key);
        });
    }

    private static string? GetOption(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static HttpProblem? ValidateFilter(FeedFilter filter, ReferenceData reference) =>
        ValidateOption(County, filter.County, reference.Counties.Select(county => county.Code))
        ?? ValidateOption(Agency, filter.Agency, reference.Agencies.Select(agency => agency.Id));

    private static HttpProblem? ValidateOption(string name, string? value, IEnumerable<string> allowed) =>
        value is null || allowed.Contains(value, StringComparer.Ordinal)
            ? null
            : new(StatusCodes.Status400BadRequest, $"{name} must be one of {string.Join(", ", allowed)}; got '{value}'.");

    private static Reply CreateChangesReply(Publication publication, IReadOnlyList<Change> history, FeedCache.Key key)
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

        // A page of the archive is of the revision that completed it, whatever came later.
        return page is { Number: not null, Changes: [var last, ..] }
            ? reply.WithRevision(last.Publication, last.At) with { CacheControl = CachePolicy.Immutable }
            : reply.WithRevision(publication.Revision, publication.At) with { LastModified = changes.Updated };
    }

    private static Reply CreateCalendarReply(Publication publication, IReadOnlyList<Change> history, FeedCache.Key key)
    {
        // An office that was removed or left the county is no longer in the calendar, but its change is the newest.
        var updated = history is [.., var newest] ? newest.At : publication.Register.Publications[0].At;
        return CreateReply(CalendarFeed.MediaType, CalendarFeed.Write(publication, key.Filter, key.BaseUrl, key.Language), key.Language)
            .WithRevision(publication.Revision, publication.At)
            .WithHeader("Content-Disposition", "inline; filename=\"servicekontor.ics\"") with { LastModified = updated };
    }

    private static Reply CreateReply(string mediaType, byte[] feed, Language language) => new Reply
    {
        MediaType = mediaType,
        Body = ReplyBody.From(feed),
        IsCompressible = true,
        ETag = ContentETag.Compute(feed),
        CacheControl = CachePolicy.Latest,
        Vary = ["Accept-Language"],
    }.WithHeader("Content-Language", language.Tag);

    // The newest complete page links the one after it, for it will never be written again; until that is complete, what
    // comes next is in the document that readers poll.
    private static Reply CreateMissingPageReply(IReadOnlyList<Change> history, FeedCache.Key key)
    {
        var completePages = FeedPage.CountComplete(history);
        return key.Page == completePages + 1
            ? new Reply { Status = StatusCodes.Status307TemporaryRedirect, CacheControl = CachePolicy.Latest, Vary = ["Accept-Language"] }
                .WithHeader("Location", $"{key.BaseUrl}/feeds/changes.{key.Document}?lang={key.Language.Tag}{key.Filter.QueryString}")
            : NotFound(FormattableString.Invariant(
                $"There is no page {key.Page} in this archive; complete pages: {completePages}, of {FeedPage.PageSize} changes each. Newer changes are in /feeds/changes.{key.Document}."));
    }

    private static Reply NotFound(string detail) => new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}
