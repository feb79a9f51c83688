using ODataEngine.Model;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;

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

/// <summary>
/// An immutable, complete picture of the register at one revision: what every query, file and feed is a pure
/// function of.
/// </summary>
/// <param name="Record">This publication as history remembers it.</param>
/// <param name="Folder">The prefix of its files in the publication store.</param>
/// <param name="ManifestSha256">64 lower-case hexadecimal digits.</param>
public sealed record Publication(PublicationRecord Record, string Folder, string ManifestSha256, PublishedRegister Register, TableSet Tables)
{
    public long Revision => Record.Revision;

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset At => Record.At;

    /// <summary>What can be downloaded of it.</summary>
    public IReadOnlyList<PublishedFile> Files => Register.Files;
}

/// <summary>How this process's picture of the register stands to the storage, for readiness probes.</summary>
/// <param name="LastCheckedAt">When the storage was last asked, in UTC; null: never.</param>
/// <param name="IsStorageAvailable">Whether it answered then.</param>
/// <param name="LastError">What was wrong, in a sentence; null where it answered.</param>
/// <param name="Revision">The revision served; null where there is none.</param>
public sealed record PublicationHealth(DateTimeOffset? LastCheckedAt, bool IsStorageAvailable, string? LastError, long? Revision);
