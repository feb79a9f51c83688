using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Offices;

/// <summary>How an edit ended.</summary>
public enum EditStatus
{
    /// <summary>Written; there was none before.</summary>
    Created,

    /// <summary>Written over what stood there.</summary>
    Changed,

    /// <summary>It says what stood there already: nothing was written.</summary>
    Unchanged,

    /// <summary>Gone now.</summary>
    Removed,

    /// <summary>There is no such office or event.</summary>
    NotFound,

    /// <summary>The version that stands there is not the one that the editor meant.</summary>
    VersionMismatch,

    /// <summary>What it would become breaks a rule.</summary>
    Invalid,

    /// <summary>An import is being applied; nothing is removed beside it.</summary>
    ImportInProgress,

    /// <summary>Others wrote to the same office again and again; nothing was written.</summary>
    TooManyConflicts,
}

/// <summary>What an edit came to.</summary>
/// <param name="Entry">The office with its events as it stands now; null where there is none.</param>
/// <param name="EventNumber">The event that the edit was about; null where it was about the office.</param>
public sealed record EditResult(EditStatus Status, StoredEntry? Entry, int? EventNumber = null)
{
    public IReadOnlyList<ValidationProblem> Problems { get; init; } = [];
}

/// <summary>What an edit makes of the version that it found.</summary>
/// <param name="Entry">Null where there is nothing to write.</param>
/// <param name="Problems">What keeps it from being written.</param>
/// <param name="EventNumber">The event that it is about; null where it is about the office.</param>
internal sealed record EditProposal(RegisterEntry? Entry, IReadOnlyList<ValidationProblem> Problems, int? EventNumber = null)
{
    /// <summary>There is nothing of that name to change.</summary>
    public static readonly EditProposal NotFound = new(null, []);
}
