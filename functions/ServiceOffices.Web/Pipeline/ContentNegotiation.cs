using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ODataEngine.Model;
using ODataEngine.Protocol.Negotiation;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Selects one of the media types that a resource offers by the Accept header.</summary>
internal static class MediaTypeNegotiator
{
    /// <summary>Gets the most acceptable of the offered types; the first if none is acceptable, because it is more useful to a client than an error.</summary>
    public static string Select(StringValues accept, params ReadOnlySpan<string> offered) => MediaRange.SelectBest(accept.ToString(), offered) ?? offered[0];
}

/// <summary>Gets the language of a request.</summary>
public static class RequestLanguage
{
    /// <summary>Name of the query option that takes precedence over Accept-Language.</summary>
    public const string QueryOptionName = "lang";

    extension(Language)
    {
        /// <summary>Gets the language of <c>?lang=</c>, else the one preferred by Accept-Language (RFC 9110, 12.5.4), else Swedish.</summary>
        public static Language FromRequest(HttpRequest request)
        {
            if (Language.Find(request.Query[QueryOptionName].ToString()) is { } requested)
            {
                return requested;
            }

            if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
            {
                return Language.Swedish;
            }

            return accepted
                .Where(item => item.Quality != 0)
                .OrderByDescending(item => item.Quality ?? 1)
                .Select(item => Language.Find(item.Value.ToString()))
                .FirstOrDefault(language => language is not null) ?? Language.Swedish;
        }
    }
}
