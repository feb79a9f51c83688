using Microsoft.AspNetCore.Http;
using ServiceOffices.Catalog;
using ServiceOffices.Publishing;

namespace ServiceOffices.Http;

/// <summary>
/// <c>/datasets/dcat</c>: the catalog for harvesters, by Accept in RDF/XML, Turtle or JSON-LD, or by extension
/// (<c>/datasets/dcat.ttl</c>).
/// </summary>
public sealed class DatasetsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address, CatalogOptions options)
{
    private const string Profile = "profile";
    private const string SwedishProfile = "dcat-ap-se";

    private static readonly string[] MediaTypes = [.. DcatSyntax.All.Select(syntax => syntax.MediaType)];

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
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
        return new Reply
        {
            MediaType = syntax.MediaType,
            Body = Payload.Of(catalog),
            Compress = true,
            ETag = ContentTag.Of(catalog),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept"],
        }.OfRevision(publication.Revision, publication.At);
    }

    // One address a syntax, so that each can be linked; without extension Accept decides.
    private static DcatSyntax? SyntaxOf(HttpRequest request)
    {
        var path = (request.Path.Value ?? "").TrimEnd('/');
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
        return new HttpProblem(StatusCodes.Status404NotFound, $"There is nothing at '{request.Path}'; there are {DcatCatalog.Path}, {known}.").ToReply();
    }
}
