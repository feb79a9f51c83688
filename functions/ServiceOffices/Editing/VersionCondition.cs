using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

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
