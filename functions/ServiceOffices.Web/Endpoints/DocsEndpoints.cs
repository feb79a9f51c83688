using System.Text;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Web.Docs;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/docs</c>: the guides, the routes of the contract, and what each kind of error means.</summary>
public sealed class DocsEndpoint(RequestPipeline pipeline)
{
    /// <summary>Where the documentation begins.</summary>
    public const string RootPath = Guide.RootPath;

    // The pages change with the platform's version only; each is made when it is first asked for.
    private readonly Dictionary<(string Path, Language Language), Lazy<Reply>> replies = GetPages()
        .SelectMany(page => Language.All, (page, language) => (page, language))
        .ToDictionary(each => (each.page.Path, each.language), each => new Lazy<Reply>(() => CreatePageReply(each.page.Page(), each.page.Path, each.language)));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    /// <summary>The path of every page.</summary>
    internal static IEnumerable<string> Paths => GetPages().Select(page => page.Path);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return ValueTask.FromResult(problem.ToReply());
        }

        var path = request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        return ValueTask.FromResult(replies.TryGetValue((path, Language.FromRequest(request)), out var reply)
            ? reply.Value
            : new HttpProblem(StatusCodes.Status404NotFound, $"There is no page '{request.Path}'; {RootPath} lists those that there are.").ToReply());
    }

    private static IEnumerable<(string Path, Func<PortalPage> Page)> GetPages() =>
    [
        (RootPath, DocsPages.CreateStartPage),
        (RootPath + "/api", DocsPages.CreateApiPage),
        (ProblemType.RootPath, DocsPages.CreateProblemsPage),
        .. ProblemType.All.Select(kind => (kind.TypeUri, (Func<PortalPage>)(() => DocsPages.CreatePage(kind)))),
        .. Guide.All.Select(guide => (guide.Path, (Func<PortalPage>)(() => DocsPages.CreatePage(guide)))),
    ];

    private static Reply CreatePageReply(PortalPage page, string path, Language language)
    {
        var content = Encoding.UTF8.GetBytes(PageLayout.Render(WithFrame(page), path, language));
        return new Reply
        {
            MediaType = "text/html; charset=utf-8",
            Body = ReplyBody.From(content),
            IsCompressible = true,
            ETag = ContentETag.Compute(content),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .WithHeader("Content-Language", language.Tag)
            .WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy);
    }

    private static PortalPage WithFrame(PortalPage page) => page with
    {
        RenderBody = html =>
        {
            html.AppendLine($"<div class=\"band\">\n<div class=\"prose guide\">");
            page.RenderBody(html);
            html.AppendLine($"</div>\n</div>");
        },
    };
}

/// <summary><c>/docs/data-dictionary</c>: what every column of every dataset means, in Swedish or English.</summary>
public sealed class DictionaryEndpoint(RequestPipeline pipeline, EntityModel model)
{
    private const string Path = "/docs/data-dictionary";

    // The pages change with the platform's version only.
    private readonly Lazy<Dictionary<Language, Reply>> pages = new(() => Language.All.ToDictionary(language => language, language => CreatePageReply(model, language)));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName)?.ToReply() ?? pages.Value[Language.FromRequest(request)]);

    private static Reply CreatePageReply(EntityModel model, Language language)
    {
        var page = DictionaryPage.Render(model, Path, language);
        return new Reply
        {
            MediaType = "text/html; charset=utf-8",
            Body = ReplyBody.From(page),
            IsCompressible = true,
            ETag = ContentETag.Compute(page),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .WithHeader("Link", Licence.Link)
            .WithHeader("Content-Language", language.Tag)
            .WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy);
    }
}
