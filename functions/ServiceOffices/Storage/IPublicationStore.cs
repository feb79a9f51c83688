namespace ServiceOffices.Storage;

/// <summary>
/// Where publications live: files that are written once and never changed, and one pointer, <c>current</c>, whose
/// replacement is the commit point of a publication. Paths are relative, with <c>/</c> between their parts. Every
/// method throws <see cref="StorageUnavailableException"/> where the storage does not answer.
/// </summary>
public interface IPublicationStore
{
    /// <summary>Writes a new file whole.</summary>
    /// <exception cref="ConflictException">A file stands at that path already.</exception>
    /// <exception cref="ArgumentException">No file may have that path; the message says what is allowed.</exception>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken);

    /// <summary>A file's bytes, or null where there is none.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>The pointer, or null before the first publication. Where its ETag is still <paramref name="knownETag"/> its content is empty.</summary>
    Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken);

    /// <summary>Replaces the pointer if its ETag still is this (null: if there is none yet).</summary>
    /// <returns>The pointer's new ETag, or null where somebody else replaced it first.</returns>
    Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken);

    /// <summary>The paths below a prefix, each with the time of its last write, in ordinal order.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a file; does nothing where there is none.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Takes the one lease that a refresh needs, or returns null where somebody holds it. It is kept until disposed, or lost when its holder dies.</summary>
    Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken);
}
