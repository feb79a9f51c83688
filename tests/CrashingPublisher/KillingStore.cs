using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A publication store in whose hands the process dies.</summary>
internal sealed class CrashingPublicationStore(IPublicationStore store, CrashInjector killer) : IPublicationStore
{
    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.WriteAsync(path, content, headers, cancellationToken));

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.ReplacePointerAsync(content, ifMatch, cancellationToken));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.DeleteAsync(path, cancellationToken));

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => store.ReadAsync(path, cancellationToken);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) =>
        store.ReadPointerAsync(knownETag, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => store.TryAcquireLeaseAsync(cancellationToken);
}
