using System.Security.Cryptography;

namespace ServiceOffices.Web.Pipeline;

/// <summary>An entity tag (RFC 9110, 8.8.3).</summary>
/// <param name="OpaqueTag">What stands between the quotes: printable ASCII with no quote, space or control character.</param>
/// <param name="IsWeak">True where equal tags promise the same meaning, not the same bytes.</param>
public sealed record EntityTag(string OpaqueTag, bool IsWeak = false)
{
    /// <summary>The field value, quotes and weakness mark included.</summary>
    public string HeaderValue { get; } = (IsWeak ? "W/\"" : "\"") + OpaqueTag + "\"";

    /// <summary>
    /// The tag of the same content in another coding. Strong tags differ by coding, since the bytes do (RFC 9110, 8.8.3.3);
    /// a weak tag names the meaning and stays.
    /// </summary>
    internal EntityTag ForCoding(ContentCoding coding) =>
        IsWeak || coding == ContentCoding.Identity ? this : new EntityTag($"{OpaqueTag}-{coding.Name}");
}

/// <summary>The entity tag of content that is made anew for each answer: equal bytes, equal tag, whatever made them.</summary>
internal static class ContentETag
{
    private const int HashBytes = 12;

    public static EntityTag Compute(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes)));
}
