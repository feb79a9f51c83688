namespace ServiceOffices.Publishing;

/// <summary>How a refresh ended, for readiness probes.</summary>
/// <param name="At">When it ended, in UTC.</param>
/// <param name="Result">Null where a store did not answer.</param>
public sealed record RefreshState(DateTimeOffset At, RefreshResult? Result)
{
    /// <summary>Whether edits do not become public until somebody looks into it.</summary>
    public bool IsFailing => Result is null or RefreshResult.RegisterLost;
}
