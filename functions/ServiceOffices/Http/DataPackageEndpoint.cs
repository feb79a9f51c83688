using Microsoft.AspNetCore.Http;
using ServiceOffices.Catalog;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/datapackage.json</c>: every file of the latest revision with its hash, its size and what its columns are.</summary>
public sealed class DataPackageEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl, CatalogOptions options)
{
    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return problem.ToReply();
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var language = Language.Of(request);
        var package = DataPackageDescriptor.Write(publication, options, publicUrl.GetBaseUrl(request), language);
        return new Reply
        {
            MediaType = "application/json",
            Body = ReplyBody.From(package),
            IsCompressible = true,
            ETag = ContentETag.Compute(package),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .WithRevision(publication.Revision, publication.At)
            .WithHeader("Content-Language", language.Tag);
    }
}
