using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A register store that kills the process at a write.</summary>
internal sealed class CrashingRegisterStore(IRegisterStore register, CrashInjector killer) : IRegisterStore
{
    public Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => register.WriteAsync(entry, ifMatch, signature, cancellationToken));

    public Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => register.RemoveAsync(officeId, ifMatch, signature, cancellationToken));

    // One office at a time, so that the process can be killed between any two of them.
    public async Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken)
    {
        List<Exception?> refusals = [];
        foreach (var write in writes)
        {
            refusals.AddRange(await killer.RunWriteAsync(() => register.WriteAllAsync([write], signature, cancellationToken)));
        }

        return refusals;
    }

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => register.ReadAllAsync(cancellationToken);

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => register.ReadAsync(officeId, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken) =>
        register.ReadAuditAsync(officeId, since, until, maxCount, cancellationToken);
}

/// <summary>A publication store that kills the process at a write.</summary>
internal sealed class CrashingPublicationStore(IPublicationStore store, CrashInjector killer) : IPublicationStore
{
    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.WriteAsync(path, content, headers, cancellationToken));

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.ReplacePointerAsync(content, ifMatch, cancellationToken));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => store.DeleteAsync(path, cancellationToken));

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken) =>
        store.OpenReadAsync(path, offset, length, cancellationToken);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) =>
        store.ReadPointerAsync(knownETag, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => store.TryAcquireLeaseAsync(cancellationToken);
}
