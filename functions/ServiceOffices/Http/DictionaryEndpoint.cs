using Microsoft.AspNetCore.Http;
using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/docs/data-dictionary</c>: what every column of every dataset means, in Swedish or English.</summary>
public sealed class DictionaryEndpoint(Boundary boundary, EntityModel model)
{
    private const string Path = "/docs/data-dictionary";

    // The pages change with the platform's version only.
    private readonly Dictionary<Language, Reply> pages = Language.All.ToDictionary(language => language, language => Page(model, language));

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptions.Problem(request, RequestLanguage.QueryName)?.ToReply() ?? pages[Language.Of(request)]);

    private static Reply Page(EntityModel model, Language language)
    {
        var page = DictionaryPage.Render(model, Path, language);
        return new Reply
        {
            MediaType = "text/html; charset=utf-8",
            Body = Payload.Of(page),
            Compress = true,
            ETag = ContentTag.Of(page),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .With("Link", Licence.Link)
            .With("Content-Language", language.Tag)
            .With("Content-Security-Policy", PortalSite.ContentSecurityPolicy);
    }
}
