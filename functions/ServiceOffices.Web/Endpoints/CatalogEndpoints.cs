using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/datasets/dcat</c>: the catalog for harvesters in RDF/XML, Turtle or JSON-LD, selected by Accept or by extension
/// (<c>/datasets/dcat.ttl</c>). <c>/datasets/schema.jsonld</c>: the catalog for search engines.
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
            return HttpProblem.BadRequest($"{Profile} must be {SwedishProfile} or absent; got '{profile}'.").ToReply();
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var catalog = syntax.Write(new DcatCatalog(
            publication, options, publicUrl.GetBaseUrl(request), profile == SwedishProfile ? DcatProfile.DcatApSe : DcatProfile.DcatAp));
        return Reply.CreateDocument(syntax.MediaType, catalog, "Accept").WithRevision(publication.Revision, publication.At);
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
        var dataset = SchemaOrgDataset.Write(publication, options, publicUrl.GetBaseUrl(request), language);
        return Reply.CreateDocument("application/ld+json", dataset, "Accept-Language")
            .WithRevision(publication.Revision, publication.At)
            .WithHeader("Content-Language", language.Tag);
    }

    private static string GetPath(HttpRequest request) => (request.Path.Value ?? "").TrimEnd('/');

    // Each syntax has its own URL, so that it can be linked; without extension, Accept decides.
    private static DcatFormat? FindSyntax(HttpRequest request)
    {
        var path = GetPath(request);
        if (path.Equals(DcatCatalog.Path, StringComparison.OrdinalIgnoreCase))
        {
            var mediaType = MediaTypeNegotiator.Select(request.Headers.Accept, MediaTypes);
            return DcatFormat.All.First(syntax => syntax.MediaType == mediaType);
        }

        return DcatFormat.All.FirstOrDefault(syntax => path.Equals($"{DcatCatalog.Path}.{syntax.Extension}", StringComparison.OrdinalIgnoreCase));
    }

    private static Reply NotFound(HttpRequest request)
    {
        var knownPaths = string.Join(", ", DcatFormat.All.Select(syntax => $"{DcatCatalog.Path}.{syntax.Extension}"));
        return HttpProblem.NotFound($"'{request.Path}' does not exist. Available: {DcatCatalog.Path}, {knownPaths}, {SchemaOrgDataset.Path}.").ToReply();
    }
}

/// <summary><c>/datapackage.json</c>: all files of the latest revision with hash, size and columns.</summary>
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
        return Reply.CreateDocument("application/json", package, "Accept-Language")
            .WithRevision(publication.Revision, publication.At)
            .WithHeader("Content-Language", language.Tag);
    }
}
