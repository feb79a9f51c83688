using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing.History;

/// <summary>
/// A sequence of publications. Full pages are never rewritten: each publication writes the last page below its own prefix and
/// refers to the existing others.
/// </summary>
/// <param name="Entries">Ordered by revision.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>The number of publications on a full page: few enough to write with each publication, many enough to keep the list of pages short.</summary>
    public const int MaxEntries = 50;
}

/// <summary>One publication in a page of history.</summary>
/// <param name="Folder">The prefix of its files in the publication store.</param>
/// <param name="Changes">Ordered by sequence.</param>
public sealed record HistoryEntry(PublicationRecord Record, string Folder, IReadOnlyList<Change> Changes);

/// <summary>A reference to a page of history.</summary>
/// <param name="First">The first revision on it.</param>
/// <param name="Last">The last revision on it.</param>
public sealed record HistoryPageLink(long First, long Last, string Path, string Sha256);
