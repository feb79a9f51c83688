using System.Globalization;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A deprecated route, announced in the headers of its replies (docs/versioning.md).</summary>
/// <param name="Path">The path; with a slash at the end, all paths below it.</param>
/// <param name="DeprecatedAt">Time from which the route is deprecated (RFC 9745).</param>
/// <param name="SunsetAt">Time of removal (RFC 8594); null if not decided.</param>
/// <param name="GuideUrl">URL of the page that describes the replacement.</param>
public sealed record Deprecation(string Path, DateTimeOffset DeprecatedAt, DateTimeOffset? SunsetAt, string GuideUrl)
{
    /// <summary>The currently deprecated routes: none.</summary>
    public static readonly IReadOnlyList<Deprecation> Current = [];

    /// <summary>Adds the deprecation headers of the route, if it is deprecated.</summary>
    internal static Reply AddHeaders(IEnumerable<Deprecation> deprecations, string path, Reply reply)
    {
        if (deprecations.FirstOrDefault(candidate => candidate.AppliesTo(path)) is not { } deprecation)
        {
            return reply;
        }

        // RFC 9745, 2.1: a date of structured fields (RFC 9651, 3.3.7).
        reply = reply
            .WithHeader("Deprecation", string.Create(CultureInfo.InvariantCulture, $"@{deprecation.DeprecatedAt.ToUnixTimeSeconds()}"))
            .WithHeader("Link", $"<{deprecation.GuideUrl}>; rel=\"deprecation\"; type=\"text/html\"");
        return deprecation.SunsetAt is { } sunsetAt
            ? reply.WithHeader("Sunset", sunsetAt.ToString("R", CultureInfo.InvariantCulture)).WithHeader("Link", $"<{deprecation.GuideUrl}>; rel=\"sunset\"; type=\"text/html\"")
            : reply;
    }

    private bool AppliesTo(string path) => Path.EndsWith('/')
        ? path.StartsWith(Path, StringComparison.OrdinalIgnoreCase)
        : path.Equals(Path, StringComparison.OrdinalIgnoreCase);
}
