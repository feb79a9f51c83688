namespace ServiceOffices.Storage;

/// <summary>
/// The files of publications, with one pointer, <c>current</c>, whose replacement commits a publication, and one lease that
/// allows one process at a time to publish. Every method throws <see cref="StorageUnavailableException"/> if the storage
/// does not answer.
/// </summary>
public interface IPublicationStore : IFileStore
{
    /// <summary>Reads the pointer; null before the first publication. If its ETag is still <paramref name="knownETag"/>, its content is empty.</summary>
    Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken);

    /// <summary>Replaces the pointer if its ETag is still <paramref name="ifMatch"/> (null: if there is no pointer yet).</summary>
    /// <returns>The pointer's new ETag, or null if another process replaced it first.</returns>
    Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken);

    /// <summary>Acquires the lease that a refresh requires, or returns null if another process holds it. It is held until it is disposed; after a crash of its holder, it expires.</summary>
    Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken);
}
