using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Web.Docs;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/docs</c>: the guides, the operations of the API, and the types of errors.</summary>
public sealed class DocsEndpoint(RequestPipeline pipeline)
{
    /// <summary>Path of the start page.</summary>
    public const string RootPath = Guide.RootPath;

    // The pages change with the version of the assembly only; each is created at its first request.
    private readonly Dictionary<(string Path, Language Language), Lazy<Reply>> replies = GetPages()
        .SelectMany(page => Language.All, (page, language) => (page, language))
        .ToDictionary(each => (each.page.Path, each.language), each => new Lazy<Reply>(() => CreatePageReply(each.page.Page(), each.page.Path, each.language)));

    private readonly Dictionary<string, Lazy<Reply>> files = GuideFile.All.ToDictionary(
        file => file.Path, file => new Lazy<Reply>(() => Reply.CreateDocument(file.MediaType, file.Read())), StringComparer.Ordinal);

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync, problem => ProblemPage.CreateReply(context.Request, problem));

    /// <summary>Gets the paths of all pages.</summary>
    internal static IEnumerable<string> Paths => GetPages().Select(page => page.Path);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return ValueTask.FromResult(problem.ToReply());
        }

        var path = request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        if (files.TryGetValue(path, out var file))
        {
            return ValueTask.FromResult(file.Value);
        }

        return ValueTask.FromResult(replies.TryGetValue((path, Language.FromRequest(request)), out var reply)
            ? reply.Value
            : HttpProblem.NotFound($"The page '{request.Path}' does not exist. {RootPath} lists all pages.").ToReply());
    }

    private static IEnumerable<(string Path, Func<PortalPage> Page)> GetPages() =>
    [
        (RootPath, DocsPages.CreateStartPage),
        (RootPath + "/api", DocsPages.CreateApiPage),
        (ProblemType.RootPath, DocsPages.CreateProblemsPage),
        .. ProblemType.All.Select(kind => (kind.TypeUri, (Func<PortalPage>)(() => DocsPages.CreatePage(kind)))),
        .. Guide.All.Select(guide => (guide.Path, (Func<PortalPage>)(() => DocsPages.CreatePage(guide)))),
    ];

    private static Reply CreatePageReply(PortalPage page, string path, Language language) =>
        PageReply.Create(PageLayout.Render(WithFrame(page), path, language), language, "Accept-Language");

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

/// <summary><c>/docs/data-dictionary</c>: the meaning of all columns of all datasets, in Swedish or English.</summary>
public sealed class DictionaryEndpoint(RequestPipeline pipeline, EntityModel model, ReferenceData reference)
{
    private const string Path = "/docs/data-dictionary";

    // The pages change with the version of the assembly only.
    private readonly Lazy<Dictionary<Language, Reply>> pages = new(() => Language.All.ToDictionary(language => language, language => CreatePageReply(model, reference.PlanExpiryMonths, language)));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName)?.ToReply() ?? pages.Value[Language.FromRequest(request)]);

    private static Reply CreatePageReply(EntityModel model, int planExpiryMonths, Language language) =>
        PageReply.Create(DictionaryPage.Render(model, planExpiryMonths, Path, language), language, "Accept-Language").WithHeader("Link", Licence.Link);
}
