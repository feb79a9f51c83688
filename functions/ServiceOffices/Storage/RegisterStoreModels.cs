using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Storage;

/// <summary>One change of an office or its events, written in one transaction with the change and never altered.</summary>
/// <param name="ToVersion">The office's version after the change: 1 for the first, then one more for each change, deletions included.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Changed">The names of the stored columns that changed, and of events as <c>events[7]</c>.</param>
public sealed record AuditEntry(string OfficeId, int ToVersion, string Action, IReadOnlyList<string> Changed, Signature Signature)
{
    /// <summary>The version before the change; 0 for the first.</summary>
    public int FromVersion => ToVersion - 1;
}

/// <summary>A change to an office that the caller has just read. At least one of the two versions is not null.</summary>
/// <param name="Before">The entry as read; null if it did not exist, not even as an unreadable row.</param>
/// <param name="After">The new entry; null to delete it.</param>
public sealed record EntryWrite(StoredEntry? Before, RegisterEntry? After)
{
    public string OfficeId => (After ?? Before!.Entry).Office.Id;
}

/// <summary>The register as stored.</summary>
/// <param name="Entries">Ordered by office id, ordinal.</param>
/// <param name="Rejected">Rows that cannot be read as an office or an event.</param>
public sealed record RegisterContent(IReadOnlyList<StoredEntry> Entries, IReadOnlyList<RejectedRow> Rejected);

/// <summary>A row that is not a valid office or event, with all its problems.</summary>
/// <param name="OfficeId">The office to which it belongs.</param>
/// <param name="EventNumber">The event's number; null if the row is the office itself; 0 if its key is neither that of an office nor of an event.</param>
public sealed record RejectedRow(string OfficeId, int? EventNumber, IReadOnlyList<ValidationProblem> Problems);

/// <summary>The author of a change of the register.</summary>
/// <param name="By">The name of a key, of a person, or of the part of the platform that writes; 1 to 200 characters.</param>
/// <param name="At">The time of the change, UTC.</param>
/// <param name="Reason">The reason in the editor's words, at most 500 characters; null if none is given.</param>
public sealed record Signature(string By, DateTimeOffset At, string? Reason = null)
{
    /// <summary>The request that made the change, if its client can repeat it.</summary>
    public RepeatableRequest? Request { get; init; }
}

/// <summary>An entry as stored.</summary>
/// <param name="ETag">Opaque; changes with every write of the office or of one of its events.</param>
/// <param name="Version">The number of writes of the office; 0 if it was written by another program.</param>
/// <param name="LastEventNumber">The highest number that any of its events ever had; 0 if unknown.</param>
public sealed record StoredEntry(RegisterEntry Entry, string ETag, int Version = 0, int LastEventNumber = 0);
