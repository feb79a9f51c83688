using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Offices;

/// <summary>The version to which an edit applies (RFC 9110, 13.1).</summary>
/// <param name="MustNotExist">True for If-None-Match: *.</param>
/// <param name="Tags">The tags of If-Match, of which one must match; null for any version (*).</param>
public sealed record VersionCondition(bool MustNotExist, IReadOnlyList<string>? Tags)
{
    public static readonly VersionCondition NotExisting = new(true, null);

    /// <summary>Any existing version.</summary>
    public static readonly VersionCondition Any = new(false, null);

    public bool IsMetBy(StoredEntry? current) => MustNotExist
        ? current is null
        : current is not null && (Tags is null || Tags.Contains(VersionTag.Create(current), StringComparer.Ordinal));
}

/// <summary>
/// Identifies one version of an office with its events by its number and a part of the hash of the store's own tag. The
/// hash has no characters that would need escaping in an ETag.
/// </summary>
public static class VersionTag
{
    private const int HashBytes = 6;

    /// <summary>Creates the opaque part of an ETag, such as <c>7-1a2b3c4d5e6f</c>.</summary>
    public static string Create(StoredEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Version}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.ETag)).AsSpan(0, HashBytes))}");
}
