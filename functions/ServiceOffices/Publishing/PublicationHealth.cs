namespace ServiceOffices.Publishing;

/// <summary>How this process's picture of the register stands to the storage, for readiness probes.</summary>
/// <param name="LastCheckedAt">When the storage was last asked, in UTC; null: never.</param>
/// <param name="IsStorageAvailable">Whether it answered then.</param>
/// <param name="LastError">What was wrong, in a sentence; null where it answered.</param>
/// <param name="Revision">The revision served; null where there is none.</param>
public sealed record PublicationHealth(DateTimeOffset? LastCheckedAt, bool IsStorageAvailable, string? LastError, long? Revision);
