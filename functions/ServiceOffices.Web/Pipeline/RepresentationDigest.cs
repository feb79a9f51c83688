using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace ServiceOffices.Web.Pipeline;

/// <summary>The hash of a whole representation in its content coding (RFC 9530, 3), with which clients verify downloads.</summary>
internal static class RepresentationDigest
{
    public const string HeaderName = "Repr-Digest";

    /// <summary>Name of the request header with the preferred algorithms (RFC 9530, 4).</summary>
    public const string WantHeaderName = "Want-Repr-Digest";

    private const string Algorithm = "sha-256";

    /// <summary>Returns true unless the client gives SHA-256 the weight 0. Other algorithms are not supported.</summary>
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

    /// <summary>Formats the header value, a dictionary with a byte sequence (RFC 9651, 3.2, 3.3.5).</summary>
    /// <param name="sha256">The hash, 32 bytes.</param>
    public static string Format(ReadOnlySpan<byte> sha256) => $"{Algorithm}=:{Convert.ToBase64String(sha256)}:";

    public static string Compute(ReadOnlySpan<byte> content) => Format(SHA256.HashData(content));
}
