using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>
/// Marks each attempt at a publication with a small file until it is committed, so that the files of a crashed attempt are
/// found without listing all revisions.
/// </summary>
internal sealed class AbandonedPublications(IFileStore store, TimeProvider time)
{
    /// <summary>The age at which an uncommitted attempt is deleted: until then its process may be slow and still running.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromHours(1);

    /// <param name="folder">The prefix of the attempt's files.</param>
    public Task AddMarkerAsync(string folder, CancellationToken cancellationToken) =>
        store.WriteAsync(PublicationFolders.GetMarkerPath(folder), ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);

    /// <summary>Deletes the markers of committed attempts, and the files of uncommitted ones older than the grace period.</summary>
    /// <param name="latest">The current publication, read or published while holding the lease; null before the first.</param>
    public async Task DeleteExpiredAsync(LoadedPublication? latest, CancellationToken cancellationToken)
    {
        await foreach (var marker in store.ListAsync(PublicationFolders.MarkerPrefix, cancellationToken))
        {
            var folder = PublicationFolders.GetFolder(marker.Path);
            if (latest?.IsPublished(folder) == true)
            {
                await store.DeleteAsync(marker.Path, cancellationToken);
            }
            else if (time.GetUtcNow() - marker.LastModified >= GracePeriod)
            {
                await DeleteAllAsync(folder, cancellationToken);
                await store.DeleteAsync(marker.Path, cancellationToken);
            }
        }
    }

    private async Task DeleteAllAsync(string folder, CancellationToken cancellationToken)
    {
        await foreach (var file in store.ListAsync(folder, cancellationToken))
        {
            await store.DeleteAsync(file.Path, cancellationToken);
        }
    }
}
