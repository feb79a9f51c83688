using System.Globalization;
using System.Security.Cryptography;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>
/// The folders of attempts at a publication, <c>revisions/00000012-5f1c8e02/</c>. Until an attempt is committed, a marker in
/// <c>tries/</c> has the same name.
/// </summary>
internal static class PublicationFolders
{
    public const string Prefix = "revisions/";

    public const string MarkerPrefix = "tries/";

    /// <summary>Creates a prefix that no other attempt has.</summary>
    public static string CreateName(long revision) => $"{FormatPrefix(revision)}{RandomNumberGenerator.GetHexString(8, lowercase: true)}/";

    public static string GetMarkerPath(string folder) => MarkerPrefix + folder[Prefix.Length..].TrimEnd('/');

    public static string GetFolder(string markerPath) => $"{Prefix}{markerPath[MarkerPrefix.Length..]}/";

    /// <summary>Lists all attempts, the one that is most likely current first.</summary>
    /// <param name="revision">Null for all revisions.</param>
    public static async Task<IReadOnlyList<PublicationAttempt>> ListAsync(IFileStore store, long? revision, CancellationToken cancellationToken)
    {
        var folders = new Dictionary<string, PublicationAttempt>(StringComparer.Ordinal);
        await foreach (var file in store.ListAsync(revision is { } only ? FormatPrefix(only) : Prefix, cancellationToken))
        {
            if (ParseFolder(file.Path) is var (folder, number))
            {
                var attempt = folders.GetValueOrDefault(folder) ?? new PublicationAttempt(folder, number, false, default);
                folders[folder] = file.Path == folder + Manifest.FileName ? attempt with { ManifestWrittenAt = file.LastModified } : attempt;
            }
        }

        await foreach (var marker in store.ListAsync(MarkerPrefix, cancellationToken))
        {
            var folder = GetFolder(marker.Path);
            if (folders.TryGetValue(folder, out var attempt))
            {
                folders[folder] = attempt with { IsMarked = true };
            }
        }

        // Attempts at one revision follow each other: only the last can have been committed, unless the marker of another is deleted.
        return [.. folders.Values.OrderByDescending(attempt => attempt.Revision).ThenBy(attempt => attempt.IsMarked).ThenByDescending(attempt => attempt.ManifestWrittenAt)];
    }

    private static string FormatPrefix(long revision) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{revision:D8}-");

    private static (string Folder, long Revision)? ParseFolder(string path)
    {
        var end = path.IndexOf('/', Prefix.Length);
        var dash = path.IndexOf('-', Prefix.Length);
        return dash > 0 && dash < end && long.TryParse(path.AsSpan(Prefix.Length, dash - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? (path[..(end + 1)], revision)
            : null;
    }
}

/// <summary>The folder of one attempt at a publication.</summary>
/// <param name="IsMarked">True if the attempt may not be committed.</param>
/// <param name="ManifestWrittenAt">The default value if the manifest is missing.</param>
internal sealed record PublicationAttempt(string Folder, long Revision, bool IsMarked, DateTimeOffset ManifestWrittenAt)
{
    public bool HasManifest => ManifestWrittenAt != default;
}
