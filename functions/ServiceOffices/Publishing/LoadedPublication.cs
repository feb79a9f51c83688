namespace ServiceOffices.Publishing;

/// <summary>A publication together with what the publisher needs to know of it.</summary>
/// <param name="Pages">Every page of history, in order.</param>
/// <param name="ETag">Of the pointer that named it.</param>
public sealed record LoadedPublication(Publication Publication, Manifest Manifest, IReadOnlyList<HistoryPage> Pages, string ETag)
{
    /// <summary>A revision in history, or null where there is none of that number.</summary>
    public HistoryEntry? Find(long revision)
    {
        var page = Pages.FirstOrDefault(page => page.Entries[^1].Record.Revision >= revision);
        var place = revision - page?.Entries[0].Record.Revision;
        return place >= 0 ? page!.Entries[(int)place.Value] : null;
    }

    public bool IsPublished(string folder) => Pages.Any(page => page.Entries.Any(entry => entry.Folder == folder));
}
