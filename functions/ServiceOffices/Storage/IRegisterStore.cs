using ServiceOffices.Register.Model;

namespace ServiceOffices.Storage;

/// <summary>
/// Where the editors' register lives: offices, each with its events. Safe to call from many threads and instances. Every
/// method throws <see cref="StorageUnavailableException"/> where the storage does not answer.
/// </summary>
public interface IRegisterStore
{
    /// <summary>In place of an ETag: whatever version stands there, so long as there is one (RFC 9110, 13.1.1).</summary>
    const string AnyVersion = "*";

    /// <summary>How many offices <see cref="WriteAllAsync"/> takes.</summary>
    const int MaxWrites = 100;

    /// <summary>Everything there is, offices ordered by id and events by number; rows that cannot be read are listed apart, never thrown.</summary>
    Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>One office with its events, or null where there is none.</summary>
    /// <exception cref="UnreadableEntryException">It is there, and a row of it cannot be read.</exception>
    Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an office and exactly these events at once or not at all: events that stand there and are not among them go.
    /// </summary>
    /// <param name="ifMatch">The ETag that the entry must still have, or <see cref="AnyVersion"/>; null where the office must not exist yet.</param>
    /// <param name="signature">Who writes; kept as an <see cref="AuditEntry"/> in the same transaction.</param>
    /// <returns>The entry's new ETag.</returns>
    /// <exception cref="ConflictException">The entry has another ETag by now, exists already, or is gone.</exception>
    /// <exception cref="ArgumentException">The entry breaks a limit of the store; the message names the field and the limit.</exception>
    Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken);

    /// <summary>Removes an office with its events.</summary>
    /// <param name="ifMatch">The ETag that the entry must still have, or <see cref="AnyVersion"/>.</param>
    /// <param name="signature">Who removes; kept as an <see cref="AuditEntry"/> in the same transaction.</param>
    /// <exception cref="ConflictException">The entry has another ETag by now, or is gone.</exception>
    /// <exception cref="ArgumentException">It has more events than one transaction takes.</exception>
    Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken);

    /// <summary>
    /// Writes and removes many offices, as somebody wants who has just read them: each by itself at once or not at all, and
    /// only where it still is as it was read. Much faster than one after another.
    /// </summary>
    /// <param name="writes">At most <see cref="MaxWrites"/>, each of another office.</param>
    /// <returns>For each, in their order: null where it was done, else the <see cref="ConflictException"/> or <see cref="ArgumentException"/> of that office alone.</returns>
    Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken);

    /// <summary>The changes of one office or of all between two times, both included, the latest first. There is no way to alter or remove one.</summary>
    /// <param name="officeId">Null for all.</param>
    /// <param name="maxCount">How many are returned at most: the latest.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken);
}
