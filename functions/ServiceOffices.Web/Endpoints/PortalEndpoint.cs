using System.Text;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>The pages for people, Swedish from the root and English below <c>/en</c>; and the files that they load.</summary>
public sealed class PortalEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PortalSite site)
{
    private const string HtmlType = "text/html; charset=utf-8";

    /// <summary>A page, or a page that says what is wrong.</summary>
    public Task HandleAsync(HttpContext context) =>
        pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync, problem => CreateProblemReply(context.Request, problem));

    /// <summary>A file of the portal's own: <c>/assets/{version}/portal.css</c>.</summary>
    public Task HandleAssetAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateAssetReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var path = request.Path.Value ?? "";
        if (PageUrl.FindByPath(path) is not { } address)
        {
            return NotFound(path);
        }

        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        // Only the root is in the reader's own language; every other path says its own.
        var isRoot = address is { Kind: PageKind.Start, Language: var pathLanguage } && pathLanguage == Language.Swedish;
        address = isRoot ? address with { Language = Language.FromRequest(request) } : address;
        // People share links with options of others' behind them: what a page does not know it leaves alone.
        var query = request.Query.ToDictionary(option => option.Key, option => option.Value.ToString(), StringComparer.Ordinal);
        if (site.Render(address, query, publication) is not { } page)
        {
            return NotFound(path);
        }

        var content = Encoding.UTF8.GetBytes(page);
        return CreatePageReply(content, address.Language).WithRevision(publication.Revision, publication.At) with
        {
            // Of the bytes: a new version of the platform may write another page of the same revision.
            ETag = ContentETag.Compute(content),
            CacheControl = CachePolicy.Latest,
            Vary = isRoot ? ["Accept-Language"] : [],
        };
    }

    private ValueTask<Reply> CreateAssetReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [_, var version, var name] || PortalAssets.Find(name) is not { } file)
        {
            return ValueTask.FromResult(new HttpProblem(StatusCodes.Status404NotFound, $"There is no file '{request.Path}'.").ToReply());
        }

        return ValueTask.FromResult(new Reply
        {
            MediaType = file.MediaType,
            Body = ReplyBody.From(file.Content),
            IsCompressible = true,
            ETag = ContentETag.Compute(file.Content),
            // A page of another version of the platform still gets a file, but nobody keeps it under that name.
            CacheControl = version == PortalAssets.Version ? CachePolicy.Immutable : CachePolicy.NoStore,
        });
    }

    private static Reply NotFound(string path) =>
        new HttpProblem(StatusCodes.Status404NotFound, $"There is no page '{path}'.").ToReply();

    private static Reply CreateProblemReply(HttpRequest request, HttpProblem problem)
    {
        var language = PageUrl.GetLanguage(request.Path.Value ?? "");
        return CreatePageReply(Encoding.UTF8.GetBytes(PortalSite.RenderError(problem.Status, problem.Detail, language, null)), language) with { Status = problem.Status };
    }

    private static Reply CreatePageReply(byte[] content, Language language) => new Reply { MediaType = HtmlType, Body = ReplyBody.From(content), IsCompressible = true }
        .WithHeader("Content-Language", language.Tag)
        .WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy)
        .WithHeader("Permissions-Policy", "geolocation=(self)")
        .WithHeader("Referrer-Policy", "same-origin");
}
