using Microsoft.AspNetCore.Http;
using ServiceOffices.Catalog;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/datapackage.json</c>: every file of the latest revision with its hash, its size and what its columns are.</summary>
public sealed class DataPackageEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address, CatalogOptions options)
{
    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptions.Problem(request, RequestLanguage.QueryName) is { } problem)
        {
            return problem.ToReply();
        }

        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var language = Language.Of(request);
        var package = DataPackage.Write(publication, options, address.Of(request), language);
        return new Reply
        {
            MediaType = "application/json",
            Body = Payload.Of(package),
            Compress = true,
            ETag = ContentTag.Of(package),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .OfRevision(publication.Revision, publication.At)
            .With("Content-Language", language.Tag);
    }
}
