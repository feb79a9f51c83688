using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A register store that kills the process at a write.</summary>
internal sealed class CrashingRegisterStore(IRegisterStore register, CrashInjector crashInjector) : IRegisterStore
{
    public Task<StoredEntry> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken) =>
        crashInjector.RunWriteAsync(() => register.WriteAsync(entry, ifMatch, signature, cancellationToken));

    public Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken) =>
        crashInjector.RunWriteAsync(() => register.RemoveAsync(officeId, ifMatch, signature, cancellationToken));

    // One office at a time, so that the process can be killed between any two of them.
    public async Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken)
    {
        List<Exception?> exceptions = [];
        foreach (var write in writes)
        {
            exceptions.AddRange(await crashInjector.RunWriteAsync(() => register.WriteAllAsync([write], signature, cancellationToken)));
        }

        return exceptions;
    }

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => register.ReadAllAsync(cancellationToken);

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => register.ReadAsync(officeId, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken) =>
        register.ReadAuditAsync(officeId, since, until, maxCount, cancellationToken);
}

/// <summary>A publication store that kills the process at a write.</summary>
internal sealed class CrashingPublicationStore(IPublicationStore store, CrashInjector crashInjector) : IPublicationStore
{
    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
        crashInjector.RunWriteAsync(() => store.WriteAsync(path, content, headers, cancellationToken));

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
        crashInjector.RunWriteAsync(() => store.ReplacePointerAsync(content, ifMatch, cancellationToken));

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        crashInjector.RunWriteAsync(() => store.DeleteAsync(path, cancellationToken));

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken) =>
        store.OpenReadAsync(path, offset, length, cancellationToken);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) =>
        store.ReadPointerAsync(knownETag, cancellationToken);

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => store.TryAcquireLeaseAsync(cancellationToken);
}
