namespace ServiceOffices.Storage;

/// <summary>The register as its store holds it.</summary>
/// <param name="Entries">Ordered by office id, ordinal.</param>
/// <param name="Rejected">Rows that cannot be read as an office or an event.</param>
public sealed record RegisterContent(IReadOnlyList<StoredEntry> Entries, IReadOnlyList<RejectedRow> Rejected);
