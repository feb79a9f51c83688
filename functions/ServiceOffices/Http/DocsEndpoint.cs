using System.Text;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/docs</c>: the guides, the routes of the contract, and what each kind of error means.</summary>
public sealed class DocsEndpoint(Boundary boundary)
{
    /// <summary>Where the documentation begins.</summary>
    public const string Root = "/docs";

    // The pages change with the platform's version only; each is made when it is first asked for.
    private readonly Dictionary<(string Path, Language Language), Lazy<Reply>> replies = Pages()
        .SelectMany(page => Language.All, (page, language) => (page, language))
        .ToDictionary(each => (each.page.Path, each.language), each => new Lazy<Reply>(() => Reply(each.page.Page(), each.page.Path, each.language)));

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    /// <summary>The path of every page.</summary>
    internal static IEnumerable<string> Paths => Pages().Select(page => page.Path);

    private ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptions.Problem(request, RequestLanguage.QueryName) is { } problem)
        {
            return ValueTask.FromResult(problem.ToReply());
        }

        var path = request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        return ValueTask.FromResult(replies.TryGetValue((path, Language.Of(request)), out var reply)
            ? reply.Value
            : new HttpProblem(StatusCodes.Status404NotFound, $"There is no page '{request.Path}'; {Root} lists those that there are.").ToReply());
    }

    private static IEnumerable<(string Path, Func<Page> Page)> Pages() =>
    [
        (Root, DocsPages.Start),
        (Root + "/api", DocsPages.Api),
        (ProblemKind.Root, DocsPages.Problems),
        .. ProblemKind.All.Select(kind => (kind.Type, (Func<Page>)(() => DocsPages.Of(kind)))),
        .. Guide.All.Select(guide => (guide.Path, (Func<Page>)(() => DocsPages.Of(guide)))),
    ];

    private static Reply Reply(Page page, string path, Language language)
    {
        var content = Encoding.UTF8.GetBytes(Layout.Write(Framed(page), path, language));
        return new Reply
        {
            MediaType = "text/html; charset=utf-8",
            Body = Payload.Of(content),
            Compress = true,
            ETag = ContentTag.Of(content),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .With("Content-Language", language.Tag)
            .With("Content-Security-Policy", PortalSite.ContentSecurityPolicy);
    }

    private static Page Framed(Page page) => page with
    {
        Write = html =>
        {
            html.Add($"<div class=\"band\">\n<div class=\"prose guide\">");
            page.Write(html);
            html.Add($"</div>\n</div>");
        },
    };
}
