using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Offices;

/// <summary>Which version an editor means to change (RFC 9110, 13.1).</summary>
/// <param name="MustNotExist">If-None-Match: *; there may be none yet.</param>
/// <param name="Tags">If-Match: one of these; null for any (*).</param>
public sealed record VersionCondition(bool MustNotExist, IReadOnlyList<string>? Tags)
{
    public static readonly VersionCondition NotExisting = new(true, null);

    /// <summary>Whatever stands there, so long as there is something.</summary>
    public static readonly VersionCondition Any = new(false, null);

    public bool IsMetBy(StoredEntry? current) => MustNotExist
        ? current is null
        : current is not null && (Tags is null || Tags.Contains(VersionTag.Create(current), StringComparer.Ordinal));
}

/// <summary>
/// What names one version of an office with its events to editors: its number, and a part of a hash of the store's own
/// tag, which no quoting or weakness of the store's can disturb.
/// </summary>
public static class VersionTag
{
    private const int HashBytes = 6;

    /// <summary><c>7-1a2b3c4d5e6f</c>: what stands between the quotes of an ETag.</summary>
    public static string Create(StoredEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Version}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.ETag)).AsSpan(0, HashBytes))}");
}
