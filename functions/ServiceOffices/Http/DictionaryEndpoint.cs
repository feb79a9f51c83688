using Microsoft.AspNetCore.Http;
using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/docs/data-dictionary</c>: what every column of every dataset means, in Swedish or English.</summary>
public sealed class DictionaryEndpoint(RequestPipeline pipeline, EntityModel model)
{
    private const string Path = "/docs/data-dictionary";

    // The pages change with the platform's version only.
    private readonly Dictionary<Language, Reply> pages = Language.All.ToDictionary(language => language, language => CreatePageReply(model, language));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName)?.ToReply() ?? pages[Language.Of(request)]);

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
