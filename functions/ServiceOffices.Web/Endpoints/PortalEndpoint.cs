using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>The pages of the portal, Swedish below the root and English below <c>/en</c>, and their assets.</summary>
public sealed class PortalEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PortalSite site)
{
    /// <summary>Handles a page; errors are pages too.</summary>
    public Task HandleAsync(HttpContext context) =>
        pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync, problem => CreateProblemReply(context.Request, problem));

    /// <summary>Handles an asset: <c>/assets/{version}/portal.css</c>.</summary>
    public Task HandleAssetAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateAssetReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var path = request.Path.Value ?? "";
        if (PageUrl.FindByPath(path) is not { } pageUrl)
        {
            return NotFound(path);
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        // Only the language of the root is negotiated; all other paths determine their language.
        var isRoot = pageUrl is { Kind: PageKind.Start, Language: var pathLanguage } && pathLanguage == Language.Swedish;
        pageUrl = isRoot ? pageUrl with { Language = Language.FromRequest(request) } : pageUrl;
        // Shared links often contain tracking parameters, so unknown query options are ignored.
        var query = request.Query.ToDictionary(option => option.Key, option => option.Value.ToString(), StringComparer.Ordinal);
        if (await CreateFileReplyAsync(pageUrl, query, publication, cancellationToken) is { } file)
        {
            return file;
        }

        if (site.Render(pageUrl, query, publication) is { } page)
        {
            return PageReply.Create(page, pageUrl.Language, isRoot ? ["Accept-Language"] : []).WithRevision(publication.Revision, publication.At);
        }

        if (site.FindOtherCase(pageUrl, publication) is { } other)
        {
            return new Reply { Status = StatusCodes.Status308PermanentRedirect, CacheControl = CachePolicy.Latest }.WithHeader("Location", other + request.QueryString.ToUriComponent());
        }

        return PortalSite.RenderRemoved(pageUrl, publication) is { } removed
            ? PageReply.Create(removed, pageUrl.Language) with { Status = StatusCodes.Status410Gone, ETag = null, CacheControl = CachePolicy.Latest }
            : NotFound(path);
    }

    private async ValueTask<Reply?> CreateFileReplyAsync(PageUrl url, Dictionary<string, string> query, Publication publication, CancellationToken cancellationToken)
    {
        if (await site.CreateFileAsync(url, query, publication, cancellationToken) is not { } file)
        {
            return null;
        }

        var reply = Reply.CreateDocument(file.MediaType, file.Content) with { IsCompressible = !file.IsCompressed };
        return reply.WithRevision(publication.Revision, publication.At).WithHeader("Content-Disposition", $"attachment; filename=\"{file.Name}\"");
    }

    private ValueTask<Reply> CreateAssetReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [_, var version, var name] || PortalAssets.Find(name) is not { } file)
        {
            return ValueTask.FromResult(HttpProblem.NotFound($"The file '{request.Path}' does not exist.").ToReply());
        }

        return ValueTask.FromResult(Reply.CreateDocument(file.MediaType, file.Content) with
        {
            // A page of another version gets the current file, which must not be cached under the other version's URL.
            CacheControl = version == PortalAssets.Version ? CachePolicy.Immutable : CachePolicy.NoStore,
        });
    }

    private static Reply NotFound(string path) =>
        HttpProblem.NotFound($"The page '{path}' does not exist.").ToReply();

    private static Reply CreateProblemReply(HttpRequest request, HttpProblem problem) =>
        ProblemPage.CreatePage(problem, PageUrl.GetLanguage(request.Path.Value ?? ""));
}
