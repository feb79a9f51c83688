using ServiceOffices.Register.Model;

namespace ServiceOffices.Editing.Imports;

/// <summary>What became of an import that was asked for.</summary>
public enum ImportStatus
{
    /// <summary>Looked at only, or it changes nothing: nothing is written.</summary>
    NoChanges,

    /// <summary>Written ahead; it is finished whatever happens.</summary>
    Accepted,

    /// <summary>It has problems: nothing is written.</summary>
    Invalid,

    /// <summary>It would remove more offices than may go unconfirmed: nothing is written.</summary>
    NeedsConfirmation,

    /// <summary>Another import is being applied: nothing is written.</summary>
    Busy,
}

/// <summary>What became of an import, and what it does.</summary>
/// <param name="Record">Null where nothing was written.</param>
public sealed record ImportResult(ImportStatus Status, ImportReport Report, ImportRecord? Record = null);

/// <summary>What came of one file of a plan.</summary>
/// <param name="Applied">Offices that are now as the plan has them.</param>
/// <param name="Conflicts">Offices that somebody else changed since the plan was made, and that were left as they are.</param>
public sealed record ImportBatchResult(int Applied, IReadOnlyList<ImportConflict> Conflicts);

/// <summary>An office that an import left alone.</summary>
public sealed record ImportConflict(string OfficeId, string Reason);

/// <summary>How many offices an import adds, changes (they or their events), removes and leaves as they are.</summary>
public sealed record ImportCounts(int Added, int Changed, int Removed, int Unchanged)
{
    /// <summary>Whether more than this share of the offices that there were goes.</summary>
    public bool RemovesMoreThan(int percent) => Removed * 100L > (long)(Changed + Removed + Unchanged) * percent;
}

/// <summary>What becomes of the rows that an import does not name.</summary>
public enum ImportMode
{
    /// <summary>They stay as they are; so does each column that the document has not.</summary>
    Merge,

    /// <summary>They go: the register holds then what the document holds.</summary>
    Replace,
}

/// <summary>How an import ended.</summary>
public sealed record ImportOutcome(DateTimeOffset At, int Applied, IReadOnlyList<ImportConflict> Conflicts);

/// <summary>Where an import stands.</summary>
/// <param name="Done">Offices dealt with so far, of all that the plan has.</param>
/// <param name="Outcome">Null while it is under way.</param>
public sealed record ImportProgress(ImportRecord Record, int Done, ImportOutcome? Outcome)
{
    public int Total => Record.Offices.Added + Record.Offices.Changed + Record.Offices.Removed;
}

/// <summary>An accepted import as it was written ahead, before anything of it was applied.</summary>
/// <param name="Id">Its time and a random part: ordered by when it was accepted.</param>
/// <param name="Offices">What the plan does.</param>
/// <param name="Batches">How many files the plan's steps are in.</param>
public sealed record ImportRecord(
    string Id, string By, DateTimeOffset At, ImportMode Mode, bool IsJson, char Delimiter, ImportCounts Offices, int Batches);

/// <summary>A document that an editor wants in the register.</summary>
/// <param name="Content">As it came, content codings undone.</param>
/// <param name="IsJson">False: CSV.</param>
/// <param name="Delimiter">What separates the cells of CSV: a comma or, where the editor says so, a semicolon.</param>
public sealed record ImportRequest(ReadOnlyMemory<byte> Content, bool IsJson, ImportMode Mode, char Delimiter = ',')
{
    /// <summary>Whether more offices may go than the configured share.</summary>
    public bool ConfirmRemoval { get; init; }
}

/// <summary>What an import does to one office: one transaction.</summary>
/// <param name="BaseETag">The version that the plan was made for; null where there must be none.</param>
/// <param name="Entry">What it becomes; null where it goes.</param>
public sealed record ImportStep(string OfficeId, string? BaseETag, RegisterEntry? Entry);
