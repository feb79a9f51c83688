using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A publication store in whose hands the process dies.</summary>
internal sealed class KillingStore(IPublicationStore store, Killer killer) : IPublicationStore
{
    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        killer.CountAsync(() => store.WriteAsync(path, content, headers, cancellationToken));

    public Task<string?> ReplaceCurrentAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        killer.CountAsync(() => store.ReplaceCurrentAsync(content, ifMatch, cancellationToken));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        killer.CountAsync(() => store.DeleteAsync(path, cancellationToken));

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => store.ReadAsync(path, cancellationToken);

    public Task<Pointer?> ReadCurrentAsync(string? knownETag, CancellationToken cancellationToken) =>
        store.ReadCurrentAsync(knownETag, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<RefreshLease?> TryLeaseAsync(CancellationToken cancellationToken) => store.TryLeaseAsync(cancellationToken);
}
