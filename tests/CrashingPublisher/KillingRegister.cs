using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace CrashingPublisher;

/// <summary>A register in whose hands the process dies.</summary>
internal sealed class CrashingRegisterStore(IRegisterStore register, CrashInjector killer) : IRegisterStore
{
    public Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => register.WriteAsync(entry, ifMatch, signature, cancellationToken));

    public Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken) =>
        killer.RunWriteAsync(() => register.RemoveAsync(officeId, ifMatch, signature, cancellationToken));

    // One office at a time, so that the process can die between any two of them.
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

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string? officeId, DateTimeOffset since, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        register.ReadAuditAsync(officeId, since, until, most, cancellationToken);
}
