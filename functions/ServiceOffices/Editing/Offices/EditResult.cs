using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Offices;

/// <summary>Outcome of an edit.</summary>
public enum EditStatus
{
    /// <summary>Written; the office did not exist before.</summary>
    Created,

    /// <summary>Written as a new version of an existing office.</summary>
    Changed,

    /// <summary>Equal to the current version; nothing was written.</summary>
    Unchanged,

    /// <summary>The office was removed.</summary>
    Removed,

    /// <summary>The office or event does not exist.</summary>
    NotFound,

    /// <summary>The current version does not meet the condition of the edit.</summary>
    VersionMismatch,

    /// <summary>The new version would break a rule.</summary>
    Invalid,

    /// <summary>An import is being applied, during which no office can be removed.</summary>
    ImportInProgress,

    /// <summary>Other editors wrote to the same office during every attempt; nothing was written.</summary>
    TooManyConflicts,

    /// <summary>The office has an event with the same values; nothing was written.</summary>
    DuplicateEvent,

    /// <summary>The same request was executed before; nothing was written again.</summary>
    Repeated,

    /// <summary>Another request had the same key; nothing was written.</summary>
    KeyReused,
}

/// <summary>Result of an edit.</summary>
/// <param name="Entry">The current office with its events; null if it does not exist or was not read.</param>
/// <param name="EventNumber">Number of the edited event; null if the office was edited.</param>
public sealed record EditResult(EditStatus Status, StoredEntry? Entry, int? EventNumber = null)
{
    public IReadOnlyList<ValidationProblem> Problems { get; init; } = [];
}

/// <summary>The version that an edit would write, or the reason that it writes none.</summary>
/// <param name="Entry">Null if the edit is refused.</param>
/// <param name="Problems">Problems of the edit's own values; rules are validated afterwards.</param>
/// <param name="EventNumber">Number of the edited event; null if the office is edited.</param>
internal sealed record EditProposal(RegisterEntry? Entry, IReadOnlyList<ValidationProblem> Problems, int? EventNumber = null)
{
    /// <summary>The office or event to change does not exist.</summary>
    public static readonly EditProposal NotFound = new(null, []) { Refusal = EditStatus.NotFound };

    /// <summary>Reason of the refusal if <see cref="Entry"/> is null.</summary>
    public EditStatus Refusal { get; private init; }

    /// <summary>The office has an event with the same values as the event to add.</summary>
    public static EditProposal DuplicateEvent(int number) => new(null, [], number) { Refusal = EditStatus.DuplicateEvent };

    /// <summary>The event to create exists already.</summary>
    public static EditProposal EventExists(int number) => new(null, [], number) { Refusal = EditStatus.VersionMismatch };
}
