using System.Security.Cryptography;

namespace ServiceOffices.Web.Pipeline;

/// <summary>An entity tag (RFC 9110, 8.8.3).</summary>
/// <param name="OpaqueTag">The part between the quotes: printable ASCII without quotes, spaces and control characters.</param>
/// <param name="IsWeak">True if equal tags mean equivalent content, not equal bytes.</param>
public sealed record EntityTag(string OpaqueTag, bool IsWeak = false)
{
    /// <summary>Gets the header value with quotes and weakness prefix.</summary>
    public string HeaderValue { get; } = (IsWeak ? "W/\"" : "\"") + OpaqueTag + "\"";

    /// <summary>
    /// Gets the tag of the same content in a coding. Strong tags differ by coding because the bytes do (RFC 9110, 8.8.3.3);
    /// a weak tag is the same for all codings.
    /// </summary>
    internal EntityTag ForCoding(ContentCoding coding) =>
        IsWeak || coding == ContentCoding.Identity ? this : new EntityTag($"{OpaqueTag}-{coding.Name}");
}

/// <summary>Entity tags of content that is generated for each request: equal bytes have equal tags.</summary>
internal static class ContentETag
{
    private const int HashBytes = 12;

    public static EntityTag Compute(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes)));
}
