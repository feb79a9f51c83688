using Microsoft.AspNetCore.Http;
using ServiceOffices.Feeds;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/feeds/…</c>: what changed and when offices open and close, for readers, calendars and programs that poll.</summary>
public sealed class FeedsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address)
{
    private const string County = "county";
    private const string Agency = "agency";

    private readonly FeedStore feeds = new();
    private readonly ChangeHistory history = new();

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (FeedPath.Parse(request.Path.Value ?? "") is not { } path)
        {
            return NotFound($"There is no feed '{request.Path}'; there are {FeedPath.Known}.");
        }

        if (QueryOptions.Problem(request, RequestLanguage.QueryName, County, Agency) is { } problem)
        {
            return problem.ToReply();
        }

        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var filter = new FeedFilter(Option(request, County), Option(request, Agency));
        if (FilterProblem(filter, publication.Register.Reference) is { } unknown)
        {
            return unknown.ToReply();
        }

        var key = new FeedStore.Key(path.Extension, path.Page, filter, Language.Of(request), address.Of(request));
        return feeds.Get(publication, key, () =>
        {
            var changes = history.Of(publication, filter);
            return path.Extension == FeedPath.Calendar ? Calendar(publication, changes, key) : Changes(publication, changes, key);
        });
    }

    private static string? Option(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static HttpProblem? FilterProblem(FeedFilter filter, Register.ReferenceData reference) =>
        Problem(County, filter.County, reference.Counties.Select(county => county.Code))
        ?? Problem(Agency, filter.Agency, reference.Agencies.Select(agency => agency.Id));

    private static HttpProblem? Problem(string name, string? value, IEnumerable<string> allowed) =>
        value is null || allowed.Contains(value, StringComparer.Ordinal)
            ? null
            : new(StatusCodes.Status400BadRequest, $"{name} must be one of {string.Join(", ", allowed)}; got '{value}'.");

    private static Reply Changes(Publication publication, IReadOnlyList<Change> history, FeedStore.Key key)
    {
        var page = key.Page is { } number ? FeedPage.Archived(history, number) : FeedPage.Current(history);
        if (page is null)
        {
            return NoPage(history, key);
        }

        var changes = new ChangesFeed(publication, key.Filter, page, key.Address, key.Language);
        var reply = key.Document == AtomFeed.Extension
            ? Feed(AtomFeed.MediaType, AtomFeed.Write(changes), key.Language)
            : Feed(JsonFeed.MediaType, JsonFeed.Write(changes), key.Language);

        // A page of the archive is of the revision that completed it, whatever came later.
        return page is { Number: not null, Changes: [var last, ..] }
            ? reply.OfRevision(last.Publication, last.At) with { CacheControl = CachePolicy.Immutable }
            : reply.OfRevision(publication.Revision, publication.At) with { LastModified = changes.Updated };
    }

    private static Reply Calendar(Publication publication, IReadOnlyList<Change> history, FeedStore.Key key)
    {
        // An office that was removed or left the county is no longer in the calendar, but its change is the newest.
        var updated = history is [.., var newest] ? newest.At : publication.Register.Publications[0].At;
        return Feed(CalendarFeed.MediaType, CalendarFeed.Write(publication, key.Filter, key.Address, key.Language), key.Language)
            .OfRevision(publication.Revision, publication.At)
            .With("Content-Disposition", "inline; filename=\"servicekontor.ics\"") with { LastModified = updated };
    }

    private static Reply Feed(string mediaType, byte[] feed, Language language) => new Reply
    {
        MediaType = mediaType,
        Body = Payload.Of(feed),
        Compress = true,
        ETag = ContentTag.Of(feed),
        CacheControl = CachePolicy.Latest,
        Vary = ["Accept-Language"],
    }.With("Content-Language", language.Tag);

    // The newest complete page links the one after it, for it will never be written again; until that is complete, what
    // comes next is in the document that readers poll.
    private static Reply NoPage(IReadOnlyList<Change> history, FeedStore.Key key)
    {
        var complete = FeedPage.Complete(history);
        return key.Page == complete + 1
            ? new Reply { Status = StatusCodes.Status307TemporaryRedirect, CacheControl = CachePolicy.Latest, Vary = ["Accept-Language"] }
                .With("Location", $"{key.Address}/feeds/changes.{key.Document}?lang={key.Language.Tag}{key.Filter.Options}")
            : NotFound(FormattableString.Invariant(
                $"There is no page {key.Page} in this archive; complete pages: {complete}, of {FeedPage.Size} changes each. Newer changes are in /feeds/changes.{key.Document}."));
    }

    private static Reply NotFound(string detail) => new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}
