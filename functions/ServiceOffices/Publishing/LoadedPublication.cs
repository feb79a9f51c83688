namespace ServiceOffices.Publishing;

/// <summary>A publication together with what the publisher needs to know of it.</summary>
/// <param name="Pages">Every page of history, in order.</param>
/// <param name="ETag">Of the pointer that named it.</param>
public sealed record LoadedPublication(Publication Publication, Manifest Manifest, IReadOnlyList<HistoryPage> Pages, string ETag)
{
    /// <summary>A revision in history, or null where there is none of that number.</summary>
    public HistoryEntry? Find(long revision)
    {
        // Revisions count from 1 without gaps, and pages are full but for the last.
        return revision >= 1 && revision <= Publication.Revision
            ? Pages[(int)((revision - 1) / HistoryPage.MaxEntries)].Entries[(int)((revision - 1) % HistoryPage.MaxEntries)]
            : null;
    }

    public bool IsPublished(string folder) => Pages.Any(page => page.Entries.Any(entry => entry.Folder == folder));
}
