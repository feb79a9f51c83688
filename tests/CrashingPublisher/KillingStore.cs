using System.Diagnostics;
using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A publication store in whose hands the process dies, without any goodbye, as soon as the n-th write is done.</summary>
/// <param name="lastWrite">0: before the first.</param>
internal sealed class KillingStore(IPublicationStore store, int lastWrite) : IPublicationStore, IDisposable
{
    // One write at a time: whatever the n-th is, no later one has begun.
    private readonly SemaphoreSlim oneAtATime = new(1);
    private int writes;

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        CountAsync(async () =>
        {
            await store.WriteAsync(path, content, headers, cancellationToken);
            return true;
        });

    public Task<string?> ReplaceCurrentAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        CountAsync(() => store.ReplaceCurrentAsync(content, ifMatch, cancellationToken));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        CountAsync(async () =>
        {
            await store.DeleteAsync(path, cancellationToken);
            return true;
        });

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => store.ReadAsync(path, cancellationToken);

    public Task<Pointer?> ReadCurrentAsync(string? knownETag, CancellationToken cancellationToken) =>
        store.ReadCurrentAsync(knownETag, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<RefreshLease?> TryLeaseAsync(CancellationToken cancellationToken) => store.TryLeaseAsync(cancellationToken);

    public void Dispose() => oneAtATime.Dispose();

    private async Task<T> CountAsync<T>(Func<Task<T>> write)
    {
        await oneAtATime.WaitAsync();
        if (lastWrite == 0)
        {
            Die();
        }

        var written = await write();
        if (++writes == lastWrite)
        {
            Die();
        }

        oneAtATime.Release();
        return written;
    }

    private static void Die()
    {
        // SIGKILL: no handler, no finally, no flush.
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
