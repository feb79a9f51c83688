using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>All paths that no other endpoint handles: 404 as a page for browsers, and as problem+json for other clients.</summary>
public sealed class NotFoundEndpoint(RequestPipeline pipeline)
{
    public Task HandleAsync(HttpContext context) =>
        pipeline.ExecuteAsync(context, new(allowsCrossOrigin: true, context.Request.Method), (request, _) => ValueTask.FromResult(CreateReply(request)), problem => ProblemPage.CreateReply(context.Request, problem));

    private static Reply CreateReply(HttpRequest request) =>
        HttpProblem.NotFound($"The path '{request.Path}' does not exist. /docs describes all resources, and /openapi.json lists their paths.").ToReply();
}

/// <summary>Creates replies with errors for clients that may be browsers.</summary>
internal static class ProblemPage
{
    private const string HtmlType = "text/html";

    /// <summary>Creates a page if the Accept header prefers HTML, else problem+json.</summary>
    public static Reply CreateReply(HttpRequest request, HttpProblem problem)
    {
        var isHtml = MediaTypeNegotiator.Select(request.Headers.Accept, HttpProblem.MediaType, HtmlType) == HtmlType;
        var reply = isHtml ? CreatePage(problem, GetLanguage(request)) : problem.ToJsonReply(request.Path);
        return reply with { Vary = ["Accept", "Accept-Language"] };
    }

    /// <summary>Creates a page.</summary>
    public static Reply CreatePage(HttpProblem problem, Language language) =>
        PageReply.Create(PortalSite.RenderError(problem.Status, problem.Detail, language, null), language) with
        {
            Status = problem.Status,
            ETag = null,
            CacheControl = CachePolicy.NoStore,
        };

    // The path of a page of the portal determines its language; other paths have none.
    private static Language GetLanguage(HttpRequest request) =>
        PageUrl.GetLanguage(request.Path.Value ?? "") is var language && language == Language.Swedish ? Language.FromRequest(request) : language;
}
