using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServiceOffices.Http;

/// <summary>Which of several media types Accept likes best (RFC 9110, 12.5.1).</summary>
internal static class MediaChoice
{
    /// <summary>
    /// The best of <paramref name="offered"/>; the first of equals, and where none is acceptable: a reader is better served by
    /// something than by a refusal.
    /// </summary>
    public static string Of(StringValues accept, params ReadOnlySpan<string> offered)
    {
        var best = offered[0];
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var accepted))
        {
            return best;
        }

        var bestWeight = 0.0;
        foreach (var media in offered)
        {
            if (Weight(accepted, new MediaTypeHeaderValue(media)) is var weight && weight > bestWeight)
            {
                (best, bestWeight) = (media, weight);
            }
        }

        return best;
    }

    // The most specific range that fits a type decides its weight: text/html before text/* before */*.
    private static double Weight(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue media)
    {
        var fit = accepted
            .Where(range => media.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return fit is null ? 0 : fit.Quality ?? 1;
    }
}
