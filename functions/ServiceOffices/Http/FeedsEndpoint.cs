using Microsoft.AspNetCore.Http;
using ServiceOffices.Feeds;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/feeds/changes.atom</c>: what changed, for feed readers and for programs that poll.</summary>
public sealed class FeedsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address)
{
    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.Path.Equals(AtomFeed.Path, StringComparison.OrdinalIgnoreCase))
        {
            return new HttpProblem(StatusCodes.Status404NotFound, $"There is no feed '{request.Path}'; there is {AtomFeed.Path}.").ToReply();
        }

        if (QueryOptions.Problem(request, RequestLanguage.QueryName) is { } problem)
        {
            return problem.ToReply();
        }

        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var language = Language.Of(request);
        var feed = AtomFeed.Write(publication, address.Of(request), language);
        return new Reply
        {
            MediaType = AtomFeed.MediaType,
            Body = Payload.Of(feed),
            Compress = true,
            ETag = ContentTag.Of(feed),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .OfRevision(publication.Revision, publication.At)
            .With("Content-Language", language.Tag) with { LastModified = AtomFeed.Updated(publication) };
    }
}
