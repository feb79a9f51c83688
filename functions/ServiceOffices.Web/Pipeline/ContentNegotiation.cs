using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Which of several media types Accept likes best (RFC 9110, 12.5.1).</summary>
internal static class MediaTypeNegotiator
{
    /// <summary>
    /// The best of <paramref name="offered"/>; the first of equals, and where none is acceptable: a reader is better served by
    /// something than by a refusal.
    /// </summary>
    public static string Select(StringValues accept, params ReadOnlySpan<string> offered)
    {
        var best = offered[0];
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var accepted))
        {
            return best;
        }

        var bestQuality = 0.0;
        foreach (var mediaType in offered)
        {
            if (GetQuality(accepted, new MediaTypeHeaderValue(mediaType)) is var quality && quality > bestQuality)
            {
                (best, bestQuality) = (mediaType, quality);
            }
        }

        return best;
    }

    // The most specific range that fits a type decides its weight: text/html before text/* before */*.
    private static double GetQuality(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue mediaType)
    {
        var match = accepted
            .Where(range => mediaType.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return match is null ? 0 : match.Quality ?? 1;
    }
}

/// <summary>Which language a request asks for.</summary>
public static class RequestLanguage
{
    /// <summary>The query option that states a language and wins over Accept-Language.</summary>
    public const string QueryOptionName = "lang";

    extension(Language)
    {
        /// <summary>What <c>?lang=</c> says, else what Accept-Language likes best (RFC 9110, 12.5.4), else Swedish.</summary>
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
