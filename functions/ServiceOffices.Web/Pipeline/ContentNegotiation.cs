using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Selects a media type by the Accept header (RFC 9110, 12.5.1).</summary>
internal static class MediaTypeNegotiator
{
    /// <summary>
    /// Gets the preferred media type; the first one among equals and if none is acceptable, instead of 406.
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

    // The most specific matching range determines the quality: text/html before text/* before */*.
    private static double GetQuality(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue mediaType)
    {
        var match = accepted
            .Where(range => mediaType.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return match is null ? 0 : match.Quality ?? 1;
    }
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
