using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>One media range of an Accept header (RFC 9110, 12.5.1), or the media type of Content-Type or <c>$format</c>.</summary>
/// <param name="Type">Lower case, such as <c>application/json</c> or <c>*/*</c>.</param>
/// <param name="Parameters">The parameters without <c>q</c>, their names in lower case and their values without quotes.</param>
/// <param name="Quality">From 0, which means not acceptable, to 1.</param>
public sealed record MediaRange(string Type, IReadOnlyList<(string Name, string Value)> Parameters, decimal Quality)
{
    // The parser skips a malformed element character by character, so that its time grows with the square of the length.
    private const int MaxHeaderLength = 4096;

    // The headers of most requests are parsed once and not for each request.
    private static readonly Dictionary<string, ImmutableArray<MediaRange>> CommonHeaders = new[]
    {
        "*/*",
        "application/json",
        "application/json, text/plain, */*",
        "application/json;metadata=minimal",
        "application/json;metadata=none",
        "application/json;odata.metadata=full",
        "application/json;odata.metadata=minimal",
        "application/json;odata.metadata=none",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    }.ToDictionary(header => header, ParseHeader, StringComparer.Ordinal);

    /// <summary>Gets the ranges of a header in their order, without those that are malformed; none for a header that is absent or longer than 4 096 characters.</summary>
    public static ImmutableArray<MediaRange> Parse(string? header) => header switch
    {
        null or { Length: 0 or > MaxHeaderLength } => [],
        _ => CommonHeaders.TryGetValue(header, out var ranges) ? ranges : ParseHeader(header),
    };

    /// <summary>Gets the most acceptable of the offered media types, the first of several that are equally acceptable; null if none is acceptable.</summary>
    /// <param name="accept">The Accept header; null if it is absent, so that every type is acceptable.</param>
    /// <param name="offered">Media types in lower case and without parameters.</param>
    public static string? SelectBest(string? accept, params ReadOnlySpan<string> offered)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return offered[0];
        }

        var ranges = Parse(accept);
        string? best = null;
        var bestQuality = 0m;
        foreach (var mediaType in offered)
        {
            if (GetQuality(ranges, mediaType) is var quality && quality > bestQuality)
            {
                (best, bestQuality) = (mediaType, quality);
            }
        }

        return best;
    }

    // RFC 9110, 12.5.1: the most specific range that includes a type decides: text/html before text/* before */*.
    private static decimal GetQuality(ImmutableArray<MediaRange> ranges, string mediaType)
    {
        var (specificity, quality) = (0, 0m);
        foreach (var range in ranges)
        {
            var rangeSpecificity = range.GetSpecificity(mediaType);
            if (rangeSpecificity > specificity)
            {
                (specificity, quality) = (rangeSpecificity, range.Quality);
            }
            else if (rangeSpecificity > 0 && rangeSpecificity == specificity)
            {
                quality = Math.Max(quality, range.Quality);
            }
        }

        return quality;
    }

    /// <summary>3 for the type itself, 2 and 1 for a wildcard that includes it, 0 for another type.</summary>
    internal int GetSpecificity(string mediaType) =>
        Type == mediaType ? 3
        : Type == "*/*" ? 1
        : Type.EndsWith("/*", StringComparison.Ordinal) && mediaType.AsSpan().StartsWith(Type.AsSpan(0, Type.Length - 1)) ? 2
        : 0;

    private static ImmutableArray<MediaRange> ParseHeader(string header) =>
        MediaTypeHeaderValue.TryParseList([header], out var values) ? [.. values.Select(Create)] : [];

    private static MediaRange Create(MediaTypeHeaderValue value)
    {
        var parameters = new List<(string Name, string Value)>(value.Parameters.Count);
        var quality = 1m;
        foreach (var parameter in value.Parameters)
        {
            var parameterValue = HeaderUtilities.RemoveQuotes(parameter.Value).ToString();
            if (parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase))
            {
                // Old clients send '.2', which the grammar of RFC 9110, 12.4.2, does not allow.
                quality = decimal.TryParse(parameterValue, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1) : 0;
                continue;
            }

            parameters.Add((parameter.Name.ToString().ToLowerInvariant(), parameterValue));
        }

        return new MediaRange(value.MediaType.ToString().ToLowerInvariant(), parameters, quality);
    }
}
