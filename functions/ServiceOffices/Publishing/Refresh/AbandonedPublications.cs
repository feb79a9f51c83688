using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>
/// Remembers each try at a publication by a small file of its own until it is committed, so that what a crash leaves
/// behind is found without looking through all of history.
/// </summary>
internal sealed class AbandonedPublications(IFileStore store, TimeProvider time)
{
    /// <summary>How long a try is left alone: its process may be slow, and still alive.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromHours(1);

    private const string MarkerPrefix = "tries/";
    private const string RevisionPrefix = "revisions/";

    public Task AddMarkerAsync(string folder, CancellationToken cancellationToken) =>
        store.WriteAsync(MarkerPrefix + folder[RevisionPrefix.Length..].TrimEnd('/'), ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);

    /// <summary>Forgets tries that were committed, and deletes the files of those that began before the grace period and were not.</summary>
    /// <param name="latest">The current publication, read or made while holding the lease; null before the first.</param>
    public async Task DeleteExpiredAsync(LoadedPublication? latest, CancellationToken cancellationToken)
    {
        await foreach (var marker in store.ListAsync(MarkerPrefix, cancellationToken))
        {
            var folder = RevisionPrefix + marker.Path[MarkerPrefix.Length..] + "/";
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
