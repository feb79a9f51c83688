using System.Security.Cryptography;

namespace ServiceOffices.Http;

/// <summary>The entity tag of content that is made anew for each answer: equal bytes, equal tag, whatever made them.</summary>
internal static class ContentTag
{
    private const int Bytes = 12;

    public static EntityTag Of(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, Bytes)));
}
