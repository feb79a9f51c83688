using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary><c>/</c>: the page that says what this is and links everything, in Swedish or English.</summary>
public sealed class HomeEndpoint(Boundary boundary, CurrentPublication current)
{
    private const int TagBytes = 12;

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var language = Language.Of(request);
        var page = Encoding.UTF8.GetBytes(HomePage.Render(language, publication, RegisterModel.Model));
        return new Reply
        {
            MediaType = "text/html; charset=utf-8",
            Body = Payload.Of(page),
            Compress = true,
            // Of the bytes: a new version of the platform may write another page of the same revision.
            ETag = new EntityTag(Convert.ToHexStringLower(SHA256.HashData(page).AsSpan(0, TagBytes))),
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Language"],
        }
            .OfRevision(publication.Revision, publication.At)
            .With("Content-Language", language.Tag)
            .With("Content-Security-Policy", Html.ContentSecurityPolicy);
    }
}
