namespace ServiceOffices.Publishing.Refresh;

/// <summary>How a refresh ended.</summary>
public enum RefreshResult
{
    /// <summary>There is a new revision.</summary>
    Published,

    /// <summary>The current revision says all there is to say; nothing was written.</summary>
    NothingNew,

    /// <summary>Another process refreshes at this moment; nothing was read or written.</summary>
    Busy,

    /// <summary>Somebody else published in between, or the try took too long; the next refresh starts afresh.</summary>
    Conflict,

    /// <summary>The register holds no row at all where it held offices before: that is a fault, and nothing is published.</summary>
    RegisterLost,
}

/// <summary>What a refresh did.</summary>
/// <param name="Revision">The revision that is current after it, as far as this refresh knows; null before the first.</param>
/// <param name="Changes">Offices that the new revision changed; 0 where there is none.</param>
/// <param name="Rejected">Rows of the editors' register that are not valid; 0 where the register was not read.</param>
public sealed record RefreshOutcome(RefreshResult Result, long? Revision, int Changes, int Rejected);

/// <summary>How a refresh ended, for readiness probes.</summary>
/// <param name="At">When it ended, in UTC.</param>
/// <param name="Result">Null where a store did not answer.</param>
public sealed record RefreshState(DateTimeOffset At, RefreshResult? Result)
{
    /// <summary>Whether edits do not become public until somebody looks into it.</summary>
    public bool IsFailing => Result is null or RefreshResult.RegisterLost;
}
