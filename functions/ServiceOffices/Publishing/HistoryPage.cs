namespace ServiceOffices.Publishing;

/// <summary>
/// A run of publications. Full pages are never written again: each publication writes the last page anew below its own
/// prefix and refers to the others where they stand.
/// </summary>
/// <param name="Entries">Ordered by revision, without gaps.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries)
{
    /// <summary>Publications on a full page: few enough to write with each publication, many enough to keep the list of pages short.</summary>
    public const int MaxEntries = 50;
}
