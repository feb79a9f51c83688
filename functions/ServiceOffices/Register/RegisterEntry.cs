namespace ServiceOffices.Register;

/// <summary>An office with all of its events: what one partition of the register holds and one editor changes at a time.</summary>
/// <param name="Events">Ordered by number.</param>
public sealed record RegisterEntry(Office Office, IReadOnlyList<LifecycleEvent> Events);
