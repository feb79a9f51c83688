using System.Globalization;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>
/// Deletes the files for download of revisions before the latest ones. The manifest, register and history of every revision are kept, so
/// that <see cref="PublishedFiles"/> creates a deleted file again with the same bytes. The empty file <c>exports/00000012</c> records
/// that the files up to that revision are deleted.
/// </summary>
/// <param name="keptRevisions">The number of latest revisions whose files are kept, at least 1.</param>
public sealed class ExpiredExports(IPublicationStore store, CurrentPublication current, int keptRevisions) : IRefreshStep
{
    private const string MarkerPrefix = "exports/";

    // A refresh after the option was set for a long history must not hold the lease for long.
    private const int MaxRevisionsPerRefresh = 20;

    // The last revision whose files are deleted; null until it is read from the storage.
    private long? deletedThrough;

    public string Name => "delete exports";

    /// <summary>Deletes the files of at most 20 revisions. Deletions can be repeated, so that an interrupted one is completed by the next refresh.</summary>
    public async Task RunAsync(RefreshLease lease, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } latest)
        {
            return;
        }

        deletedThrough ??= await FindMarkerAsync(cancellationToken);
        var revisions = latest.Register.Publications.Select(record => record.Revision).Where(revision => revision > deletedThrough).Order().ToList();
        var count = Math.Min(revisions.Count - keptRevisions, MaxRevisionsPerRefresh);
        if (count <= 0)
        {
            return;
        }

        for (var index = 0; index < count; index++)
        {
            await DeleteAsync(revisions[index], revisions[index + 1], latest, cancellationToken);
        }

        await WriteMarkerAsync(revisions[count - 1], cancellationToken);
    }

    /// <summary>Deletes the files of a revision that the next one does not have. An unchanged file belongs to both manifests.</summary>
    private async Task DeleteAsync(long revision, long next, Publication latest, CancellationToken cancellationToken)
    {
        if (await current.GetManifestAsync(revision, cancellationToken) is not { } manifest || await current.GetManifestAsync(next, cancellationToken) is not { } following)
        {
            return;
        }

        var kept = following.Files.Concat(latest.Register.Files).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in manifest.Files.Where(file => !kept.Contains(file.Path)))
        {
            foreach (var encoding in file.Encodings)
            {
                await store.DeleteAsync(file.Path + FileCompression.GetPathSuffix(encoding), cancellationToken);
            }

            await store.DeleteAsync(file.Path, cancellationToken);
        }
    }

    private async Task<long> FindMarkerAsync(CancellationToken cancellationToken)
    {
        var last = 0L;
        await foreach (var marker in store.ListAsync(MarkerPrefix, cancellationToken))
        {
            last = Math.Max(last, long.TryParse(marker.Path.AsSpan(MarkerPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0);
        }

        return last;
    }

    private async Task WriteMarkerAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(FormatMarker(revision), ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);
        }
        catch (ConflictException)
        {
            // Another instance deleted the same files.
        }

        var previous = deletedThrough;
        deletedThrough = revision;
        if (previous > 0)
        {
            await store.DeleteAsync(FormatMarker(previous.Value), cancellationToken);
        }
    }

    private static string FormatMarker(long revision) => string.Create(CultureInfo.InvariantCulture, $"{MarkerPrefix}{revision:D8}");
}
