using System.Text.Json.Serialization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Imports;

/// <summary>Outcome of a requested import.</summary>
public enum ImportStatus
{
    /// <summary>The document changes nothing; nothing was written.</summary>
    NoChanges,

    /// <summary>Stored; it will be applied even if this process ends.</summary>
    Accepted,

    /// <summary>The document has problems; nothing was written.</summary>
    Invalid,

    /// <summary>The import would remove more offices than allowed without confirmation; nothing was written.</summary>
    NeedsConfirmation,

    /// <summary>Another import is being applied; nothing was written.</summary>
    Busy,

    /// <summary>Another import was accepted after the register was read for this one; nothing was written.</summary>
    Overtaken,

    /// <summary>The same request was accepted before; nothing was written again.</summary>
    Repeated,

    /// <summary>Another request had the same key; nothing was written.</summary>
    KeyReused,
}

/// <summary>Result of a requested import.</summary>
/// <param name="Record">Null if nothing was written.</param>
public sealed record ImportResult(ImportStatus Status, ImportReport Report, ImportRecord? Record = null);

/// <summary>Result of one file of steps.</summary>
/// <param name="Applied">Number of offices that now equal the plan.</param>
/// <param name="Conflicts">Offices that another editor changed after the plan was made; they were not written.</param>
public sealed record ImportBatchResult(int Applied, IReadOnlyList<ImportConflict> Conflicts);

/// <summary>An office that an import did not write.</summary>
public sealed record ImportConflict(string OfficeId, string Reason);

/// <summary>Numbers of offices that an import adds, changes (including their events), removes and leaves unchanged.</summary>
public sealed record ImportCounts(int Added, int Changed, int Removed, int Unchanged)
{
    /// <summary>Gets the number of offices before the import.</summary>
    [JsonIgnore]
    public int Existing => Changed + Removed + Unchanged;

    /// <summary>Returns true if more than this percentage of the existing offices would be removed.</summary>
    public bool RemovesMoreThan(int percent) => Removed * 100L > (long)Existing * percent;
}

/// <summary>Treatment of rows that an import does not contain. Stored as a number: keep the order of the members.</summary>
public enum ImportMode
{
    /// <summary>They are kept, and so are columns that the document does not contain.</summary>
    Merge,

    /// <summary>They are removed: afterwards the register equals the document.</summary>
    Replace,
}

/// <summary>Outcome of a finished import.</summary>
public sealed record ImportOutcome(DateTimeOffset At, int Applied, IReadOnlyList<ImportConflict> Conflicts);

/// <summary>Progress of an import.</summary>
/// <param name="Done">Number of offices processed so far.</param>
/// <param name="Outcome">Null while the import is in progress.</param>
public sealed record ImportProgress(ImportRecord Record, int Done, ImportOutcome? Outcome)
{
    public int Total => Record.Offices.Added + Record.Offices.Changed + Record.Offices.Removed;
}

/// <summary>An accepted import, stored before any of it is applied.</summary>
/// <param name="Id">Time of acceptance and a random part; sorts by time.</param>
/// <param name="Offices">Changes of the plan.</param>
/// <param name="Batches">Number of files that contain the steps of the plan.</param>
public sealed record ImportRecord(
    string Id, string By, DateTimeOffset At, ImportMode Mode, bool IsJson, char Delimiter, ImportCounts Offices, int Batches)
{
    /// <summary>The request, if its client can repeat it.</summary>
    public RepeatableRequest? Request { get; init; }
}

/// <summary>A document to import.</summary>
/// <param name="Content">The document after decompression.</param>
/// <param name="IsJson">False: CSV.</param>
/// <param name="Delimiter">Separator of CSV cells: comma or semicolon.</param>
public sealed record ImportRequest(ReadOnlyMemory<byte> Content, bool IsJson, ImportMode Mode, char Delimiter = ',')
{
    /// <summary>True if the import may remove more offices than the configured percentage.</summary>
    public bool ConfirmRemoval { get; init; }

    /// <summary>Null if the client cannot repeat the request.</summary>
    public RepeatableRequest? Request { get; init; }
}

/// <summary>The change of one office by an import, applied in one transaction.</summary>
/// <param name="BaseETag">The version on which the plan is based; null if the office must not exist.</param>
/// <param name="Entry">The new version; null to remove the office.</param>
public sealed record ImportStep(string OfficeId, string? BaseETag, RegisterEntry? Entry);

/// <summary>The rows of one entity set.</summary>
/// <param name="Columns">The columns that the document contains.</param>
internal sealed record ImportRows(IReadOnlySet<string> Columns, IReadOnlyList<EditRow> Rows)
{
    /// <summary>Maximum number of rows: a register of 100 000 offices with its events fits, and so does an instance's memory; docs/limits.md.</summary>
    public const int MaxRows = 250_000;

    /// <summary>Creates the problem of a document with more rows.</summary>
    public static ImportProblem CreateTooManyRowsProblem(EditForm form) => new(form.EntitySetName, null, null, "more", FormattableString.Invariant($"at most {MaxRows} rows in one document"));
}

/// <summary>The rows of a document before they are compared with the register.</summary>
/// <param name="Offices">Null if the document has no offices part.</param>
/// <param name="Events">Null if the document has no events part.</param>
internal sealed record ImportDocument(ImportRows? Offices, ImportRows? Events, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportDocument Invalid(params IReadOnlyList<ImportProblem> problems) => new(null, null, problems);
}
