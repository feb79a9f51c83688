using ServiceOffices.Register.Model;

namespace ServiceOffices.Storage;

/// <summary>
/// The editors' register: offices, each with its events. Safe for concurrent use by threads and processes. Every method throws
/// <see cref="StorageUnavailableException"/> if the storage does not answer.
/// </summary>
public interface IRegisterStore
{
    /// <summary>Instead of an ETag: any version, as long as the office exists (RFC 9110, 13.1.1).</summary>
    const string AnyVersion = "*";

    /// <summary>The maximum number of offices for <see cref="WriteAllAsync"/>.</summary>
    const int MaxWrites = 100;

    /// <summary>Reads all offices ordered by id, with their events ordered by number. Unreadable rows are listed separately and never throw.</summary>
    Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Reads one office with its events; null if it does not exist.</summary>
    /// <exception cref="UnreadableEntryException">The office exists, but one of its rows cannot be read.</exception>
    Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an office and exactly these events in one transaction, at most once: other events of the office are deleted.
    /// </summary>
    /// <param name="ifMatch">The ETag that the entry must still have, or <see cref="AnyVersion"/>; null if the office must not exist yet.</param>
    /// <param name="signature">The author; written as an <see cref="AuditEntry"/> in the same transaction.</param>
    /// <returns>The entry as written. If another process has changed it in the meantime, its ETag matches no version.</returns>
    /// <exception cref="ConflictException">The entry has another ETag, already exists, or no longer exists; nothing is written.</exception>
    /// <exception cref="StorageUnavailableException">The storage does not answer. Nothing is written, unless <see cref="StorageUnavailableException.IsOutcomeUnknown"/>.</exception>
    /// <exception cref="ArgumentException">The entry exceeds a limit of the store; the message names the field and the limit.</exception>
    Task<StoredEntry> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken);

    /// <summary>Deletes an office with its events, at most once.</summary>
    /// <param name="ifMatch">The ETag that the entry must still have, or <see cref="AnyVersion"/>.</param>
    /// <param name="signature">The author; written as an <see cref="AuditEntry"/> in the same transaction.</param>
    /// <exception cref="ConflictException">The entry has another ETag, or no longer exists; nothing is deleted.</exception>
    /// <inheritdoc cref="WriteAsync" path="/exception[@cref='StorageUnavailableException']"/>
    /// <exception cref="ArgumentException">It has more events than one transaction allows.</exception>
    Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken);

    /// <summary>
    /// Writes and deletes many offices that the caller has just read: each in a transaction of its own, and only if it has not
    /// changed since. Much faster than one call for each.
    /// </summary>
    /// <param name="writes">At most <see cref="MaxWrites"/>, each of a different office.</param>
    /// <returns>For each write, in their order: null if it succeeded, else its <see cref="ConflictException"/> or <see cref="ArgumentException"/>.</returns>
    Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken);

    /// <summary>Reads the changes of one office or of all between two times, both included, the latest first. A change cannot be altered or deleted.</summary>
    /// <param name="officeId">Null for all offices.</param>
    /// <param name="maxCount">The maximum number of changes; the latest are returned.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken);
}
