using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>The result of a refresh.</summary>
public enum RefreshResult
{
    /// <summary>A new revision was published.</summary>
    Published,

    /// <summary>The current revision is up to date; nothing was written.</summary>
    NothingNew,

    /// <summary>Another process is refreshing; nothing was read or written.</summary>
    Busy,

    /// <summary>Another process published in the meantime, or the attempt took too long; the next refresh starts over.</summary>
    Conflict,

    /// <summary>The register has no rows, but the last revision has offices: the register was lost, and nothing is published.</summary>
    RegisterLost,
}

/// <summary>The outcome of a refresh.</summary>
/// <param name="Revision">The current revision after the refresh, as far as it knows; null before the first.</param>
/// <param name="Changes">The number of offices that the new revision changes; 0 if there is none.</param>
/// <param name="Rejected">The number of invalid rows in the editors' register; 0 if it was not read.</param>
public sealed record RefreshOutcome(RefreshResult Result, long? Revision, int Changes, int Rejected);

/// <summary>The state of the last refresh, for readiness probes.</summary>
/// <param name="At">The time when it ended, in UTC.</param>
/// <param name="Result">Null if a store did not answer.</param>
public sealed record RefreshState(DateTimeOffset At, RefreshResult? Result)
{
    /// <summary>True if edits will not be published until an operator intervenes.</summary>
    public bool IsFailing => Result is null or RefreshResult.RegisterLost;
}

/// <summary>A step of every refresh that changes the register before it is read. Only the holder of the lease runs it, so that no partial change is published.</summary>
public interface IRefreshStep
{
    /// <summary>The name in traces, such as <c>finish imports</c>.</summary>
    string Name { get; }

    /// <exception cref="StorageUnavailableException">A store does not answer; the next refresh runs the step again.</exception>
    Task RunAsync(RefreshLease lease, CancellationToken cancellationToken);
}
