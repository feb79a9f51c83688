using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Storage;

/// <summary>One change of an office or its events, written in one transaction with the change itself and never altered.</summary>
/// <param name="ToVersion">The office's version after it: 1 for its first ever, then each one more, removals included.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Changed">The stored columns that have another value than before, and events as <c>events[7]</c>.</param>
public sealed record AuditEntry(string OfficeId, int ToVersion, string Action, IReadOnlyList<string> Changed, Signature Signature)
{
    /// <summary>The version that it changed; 0 where there never was one.</summary>
    public int FromVersion => ToVersion - 1;
}

/// <summary>What shall become of an office, by somebody who has just read it.</summary>
/// <param name="Before">As it was read; null where there was nothing of it, not even a row that cannot be read.</param>
/// <param name="After">Null where it goes; one of the two is never null.</param>
public sealed record EntryWrite(StoredEntry? Before, RegisterEntry? After)
{
    public string OfficeId => (After ?? Before!.Entry).Office.Id;
}

/// <summary>The register as its store holds it.</summary>
/// <param name="Entries">Ordered by office id, ordinal.</param>
/// <param name="Rejected">Rows that cannot be read as an office or an event.</param>
public sealed record RegisterContent(IReadOnlyList<StoredEntry> Entries, IReadOnlyList<RejectedRow> Rejected);

/// <summary>A row that does not hold a valid office or event, with everything that is wrong with it.</summary>
/// <param name="OfficeId">The office that it belongs to.</param>
/// <param name="EventNumber">The event's number; null where the row is the office itself; 0 where its key is that of neither.</param>
public sealed record RejectedRow(string OfficeId, int? EventNumber, IReadOnlyList<ValidationProblem> Problems);

/// <summary>Who answers for a change of the register.</summary>
/// <param name="By">A key's or a person's name as the platform knows it, or the platform's own part that writes; 1 to 200 characters.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, in the editor's words, at most 500 characters; null where none is stated.</param>
public sealed record Signature(string By, DateTimeOffset At, string? Reason = null);

/// <summary>An entry as stored.</summary>
/// <param name="ETag">Opaque; another after every write of the office or of one of its events.</param>
/// <param name="Version">How often the office was written; 0 where that was past the platform.</param>
/// <param name="LastEventNumber">The highest number that an event of it ever had; 0 where that is not known.</param>
public sealed record StoredEntry(RegisterEntry Entry, string ETag, int Version = 0, int LastEventNumber = 0);
