using Microsoft.AspNetCore.Http;
using ServiceOffices.Catalog;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>
/// <c>/datasets/dcat</c>: the catalog for harvesters, by Accept in RDF/XML, Turtle or JSON-LD, or by extension
/// (<c>/datasets/dcat.ttl</c>). <c>/datasets/schema.jsonld</c>: the same for search engines.
/// </summary>
public sealed class DatasetsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address, CatalogOptions options)
{
    private const string Profile = "profile";
    private const string SwedishProfile = "dcat-ap-se";

    private static readonly string[] MediaTypes = [.. DcatSyntax.All.Select(syntax => syntax.MediaType)];

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (PathOf(request).Equals(SchemaOrgDataset.Path, StringComparison.OrdinalIgnoreCase))
        {
            return await SchemaOrgAsync(request, cancellationToken);
        }

        if (SyntaxOf(request) is not { } syntax)
        {
            return NotFound(request);
        }

        if (QueryOptions.Problem(request, Profile) is { } problem)
        {
            return problem.ToReply();
        }

        var profile = request.Query[Profile].ToString();
        if (profile is not ("" or SwedishProfile))
        {
            return new HttpProblem(StatusCodes.Status400BadRequest, $"{Profile} must be {SwedishProfile}, or left out; got '{profile}'.").ToReply();
        }

        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var catalog = syntax.Write(new DcatCatalog(
            publication, options, address.Of(request), profile == SwedishProfile ? DcatProfile.DcatApSe : DcatProfile.DcatAp));
        return Document(publication, syntax.MediaType, catalog, "Accept");
    }

    private async ValueTask<Reply> SchemaOrgAsync(HttpRequest request, CancellationToken cancellationToken)
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
        return Document(
            publication, "application/ld+json", SchemaOrgDataset.Write(publication, options, address.Of(request), language), "Accept-Language")
            .With("Content-Language", language.Tag);
    }

    private static Reply Document(Publication publication, string mediaType, byte[] document, string vary) => new Reply
    {
        MediaType = mediaType,
        Body = Payload.Of(document),
        Compress = true,
        ETag = ContentTag.Of(document),
        CacheControl = CachePolicy.Latest,
        Vary = [vary],
    }.OfRevision(publication.Revision, publication.At);

    private static string PathOf(HttpRequest request) => (request.Path.Value ?? "").TrimEnd('/');

    // One address a syntax, so that each can be linked; without extension Accept decides.
    private static DcatSyntax? SyntaxOf(HttpRequest request)
    {
        var path = PathOf(request);
        if (path.Equals(DcatCatalog.Path, StringComparison.OrdinalIgnoreCase))
        {
            var chosen = MediaChoice.Of(request.Headers.Accept, MediaTypes);
            return DcatSyntax.All.First(syntax => syntax.MediaType == chosen);
        }

        return DcatSyntax.All.FirstOrDefault(syntax => path.Equals($"{DcatCatalog.Path}.{syntax.Extension}", StringComparison.OrdinalIgnoreCase));
    }

    private static Reply NotFound(HttpRequest request)
    {
        var known = string.Join(", ", DcatSyntax.All.Select(syntax => $"{DcatCatalog.Path}.{syntax.Extension}"));
        return new HttpProblem(StatusCodes.Status404NotFound, $"There is nothing at '{request.Path}'; there are {DcatCatalog.Path}, {known}, {SchemaOrgDataset.Path}.").ToReply();
    }
}
