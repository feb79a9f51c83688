using System.Globalization;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A route that will go away: its answers say so beforehand (docs/versioning.md).</summary>
/// <param name="Path">The path, or with a slash at the end what is below it.</param>
/// <param name="DeprecatedAt">Since when it should not be used any more (RFC 9745).</param>
/// <param name="SunsetAt">When it ends (RFC 8594); null where that is not decided.</param>
/// <param name="GuideUrl">The page that says what to use instead.</param>
public sealed record Deprecation(string Path, DateTimeOffset DeprecatedAt, DateTimeOffset? SunsetAt, string GuideUrl)
{
    /// <summary>What ages today: nothing.</summary>
    public static readonly IReadOnlyList<Deprecation> Current = [];

    /// <summary>A reply to a request of this path, with what is to be said of its route.</summary>
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
