namespace ServiceOffices.Editing;

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
