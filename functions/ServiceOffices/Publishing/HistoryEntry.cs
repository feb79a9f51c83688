namespace ServiceOffices.Publishing;

/// <summary>One publication in a page of history.</summary>
/// <param name="Folder">The prefix of its files in the publication store.</param>
/// <param name="Changes">What it changed, ordered by sequence.</param>
public sealed record HistoryEntry(PublicationRecord Record, string Folder, IReadOnlyList<Change> Changes);
