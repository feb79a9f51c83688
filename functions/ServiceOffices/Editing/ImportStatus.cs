namespace ServiceOffices.Editing;

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
