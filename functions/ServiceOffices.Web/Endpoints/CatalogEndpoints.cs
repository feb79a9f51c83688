using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/datasets/dcat</c>: the catalog for harvesters, by Accept in RDF/XML, Turtle or JSON-LD, or by extension
/// (<c>/datasets/dcat.ttl</c>). <c>/datasets/schema.jsonld</c>: the same for search engines.
/// </summary>
public sealed class DatasetsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl, CatalogOptions options)
{
    private const string Profile = "profile";
    private const string SwedishProfile = "dcat-ap-se";

    private static readonly string[] MediaTypes = [.. DcatFormat.All.Select(syntax => syntax.MediaType)];

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (GetPath(request).Equals(SchemaOrgDataset.Path, StringComparison.OrdinalIgnoreCase))
        {
            return await CreateSchemaOrgReplyAsync(request, cancellationToken);
        }

        if (FindSyntax(request) is not { } syntax)
        {
            return NotFound(request);
        }

        if (QueryOptionValidator.Validate(request, Profile) is { } problem)
        {
            return problem.ToReply();
        }

        var profile = request.Query[Profile].ToString();
        if (profile is not ("" or SwedishProfile))
        {
            return new HttpProblem(StatusCodes.Status400BadRequest, $"{Profile} must be {SwedishProfile}, or left out; got '{profile}'.").ToReply();
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var catalog = syntax.Write(new DcatCatalog(
            publication, options, publicUrl.GetBaseUrl(request), profile == SwedishProfile ? DcatProfile.DcatApSe : DcatProfile.DcatAp));
        return CreateDocumentReply(publication, syntax.MediaType, catalog, "Accept");
    }

    private async ValueTask<Reply> CreateSchemaOrgReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return problem.ToReply();
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var language = Language.FromRequest(request);
        return CreateDocumentReply(
            publication, "application/ld+json", SchemaOrgDataset.Write(publication, options, publicUrl.GetBaseUrl(request), language), "Accept-Language")
            .WithHeader("Content-Language", language.Tag);
    }

    private static Reply CreateDocumentReply(Publication publication, string mediaType, byte[] document, string vary) => new Reply
    {
        MediaType = mediaType,
        Body = ReplyBody.From(document),
        IsCompressible = true,
        ETag = ContentETag.Compute(document),
        CacheControl = CachePolicy.Latest,
        Vary = [vary],
    }.WithRevision(publication.Revision, publication.At);

    private static string GetPath(HttpRequest request) => (request.Path.Value ?? "").TrimEnd('/');

    // One address a syntax, so that each can be linked; without extension Accept decides.
    private static DcatFormat? FindSyntax(HttpRequest request)
    {
        var path = GetPath(request);
        if (path.Equals(DcatCatalog.Path, StringComparison.OrdinalIgnoreCase))
        {
            var chosen = MediaTypeNegotiator.Select(request.Headers.Accept, MediaTypes);
            return DcatFormat.All.First(syntax => syntax.MediaType == chosen);
        }

        return DcatFormat.All.FirstOrDefault(syntax => path.Equals($"{DcatCatalog.Path}.{syntax.Extension}", StringComparison.OrdinalIgnoreCase));
    }

    private static Reply NotFound(HttpRequest request)
    {
        var knownPaths = string.Join(", ", DcatFormat.All.Select(syntax => $"{DcatCatalog.Path}.{syntax.Extension}"));
        return new HttpProblem(StatusCodes.Status404NotFound, $"There is nothing at '{request.Path}'; there are {DcatCatalog.Path}, {knownPaths}, {SchemaOrgDataset.Path}.").ToReply();
    }
}

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

        var language = Language.FromRequest(request);
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
