using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace ServiceOffices.Web.Pipeline;

/// <summary>The hash of a whole representation, in the coding that it is sent in (RFC 9530, 3): what a download is checked by.</summary>
internal static class RepresentationDigest
{
    public const string HeaderName = "Repr-Digest";

    /// <summary>The request field by which a client says what it wants (RFC 9530, 4).</summary>
    public const string WantHeaderName = "Want-Repr-Digest";

    private const string Algorithm = "sha-256";

    /// <summary>Whether the client takes the digest: unless it gives SHA-256 the weight 0. A wish for other algorithms alone cannot be met.</summary>
    public static bool IsWanted(StringValues want)
    {
        foreach (var member in want.ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = member.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0
                && member.AsSpan(0, equals).SequenceEqual(Algorithm)
                && int.TryParse(member.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var preference))
            {
                return preference > 0;
            }
        }

        return true;
    }

    /// <summary>The field's value: a dictionary with a byte sequence (RFC 9651, 3.2, 3.3.5).</summary>
    /// <param name="sha256">32 bytes.</param>
    public static string Format(ReadOnlySpan<byte> sha256) => $"{Algorithm}=:{Convert.ToBase64String(sha256)}:";

    public static string Compute(ReadOnlySpan<byte> content) => Format(SHA256.HashData(content));
}
