using System.Globalization;

namespace ServiceOffices.Http;

/// <summary>A route that will go away: its answers say so beforehand (docs/versioning.md).</summary>
/// <param name="Path">The path, or with a slash at the end what is below it.</param>
/// <param name="DeprecatedAt">Since when it should not be used any more (RFC 9745).</param>
/// <param name="SunsetAt">When it ends (RFC 8594); null where that is not decided.</param>
/// <param name="Guide">The page that says what to use instead.</param>
public sealed record Ageing(string Path, DateTimeOffset DeprecatedAt, DateTimeOffset? SunsetAt, string Guide)
{
    /// <summary>What ages today: nothing.</summary>
    public static readonly IReadOnlyList<Ageing> Today = [];

    /// <summary>A reply to a request of this path, with what is to be said of its route.</summary>
    internal static Reply Announce(IEnumerable<Ageing> ageing, string path, Reply reply)
    {
        if (ageing.FirstOrDefault(each => each.Covers(path)) is not { } found)
        {
            return reply;
        }

        // RFC 9745, 2.1: a date of structured fields (RFC 9651, 3.3.7).
        reply = reply
            .With("Deprecation", string.Create(CultureInfo.InvariantCulture, $"@{found.DeprecatedAt.ToUnixTimeSeconds()}"))
            .With("Link", $"<{found.Guide}>; rel=\"deprecation\"; type=\"text/html\"");
        return found.SunsetAt is { } end
            ? reply.With("Sunset", end.ToString("R", CultureInfo.InvariantCulture)).With("Link", $"<{found.Guide}>; rel=\"sunset\"; type=\"text/html\"")
            : reply;
    }

    private bool Covers(string path) => Path.EndsWith('/')
        ? path.StartsWith(Path, StringComparison.OrdinalIgnoreCase)
        : path.Equals(Path, StringComparison.OrdinalIgnoreCase);
}
