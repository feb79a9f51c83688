namespace ServiceOffices.Publishing;

/// <summary>Where a page of history stands.</summary>
/// <param name="First">The first revision on it.</param>
/// <param name="Last">The last revision on it.</param>
public sealed record HistoryPageLink(long First, long Last, string Path, string Sha256);
