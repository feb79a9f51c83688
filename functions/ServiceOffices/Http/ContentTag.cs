using System.Security.Cryptography;

namespace ServiceOffices.Http;

/// <summary>The entity tag of content that is made anew for each answer: equal bytes, equal tag, whatever made them.</summary>
internal static class ContentETag
{
    private const int HashBytes = 12;

    public static EntityTag Compute(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, HashBytes)));
}
