using ODataEngine.Model;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing;

/// <summary>A publication with the data that the publisher needs.</summary>
/// <param name="Pages">Every page of history, in order.</param>
/// <param name="ETag">The ETag of the pointer; null if the pointer is missing.</param>
public sealed record LoadedPublication(Publication Publication, Manifest Manifest, IReadOnlyList<HistoryPage> Pages, string? ETag)
{
    /// <summary>The damage of the store because of which this publication is served; null if it is the current one.</summary>
    public PublicationDamage? Damage { get; init; }

    /// <summary>Finds a revision in history; null if it does not exist.</summary>
    public HistoryEntry? Find(long revision)
    {
        return Publication.Register.FindPublicationIndex(revision) is var index and >= 0 ? GetEntry(index) : null;
    }

    /// <summary>Finds the revision after an existing one in history; null after the last.</summary>
    public HistoryEntry? FindNext(long revision) =>
        Publication.Register.FindPublicationIndex(revision) + 1 is var next && next < Publication.Register.Publications.Count ? GetEntry(next) : null;

    // All pages but the last are full.
    private HistoryEntry GetEntry(int index) => Pages[index / HistoryPage.MaxEntries].Entries[index % HistoryPage.MaxEntries];

    public bool IsPublished(string folder) => Pages.Any(page => page.Entries.Any(entry => entry.Folder == folder));
}

/// <summary>
/// An immutable, complete snapshot of the register at one revision. Every query, file and feed is a pure function of it.
/// </summary>
/// <param name="Record">Its entry in history.</param>
/// <param name="Folder">The prefix of its files in the publication store.</param>
/// <param name="ManifestSha256">64 lower-case hexadecimal digits.</param>
public sealed record Publication(PublicationRecord Record, string Folder, string ManifestSha256, PublishedRegister Register, TableSet Tables)
{
    public long Revision => Record.Revision;

    /// <summary>The time of publication, in UTC.</summary>
    public DateTimeOffset At => Record.At;

    /// <summary>The files for download.</summary>
    public IReadOnlyList<PublishedFile> Files => Register.Files;
}

/// <summary>The state of the current publication, for readiness probes.</summary>
/// <param name="LastCheckedAt">The time of the last check of the storage, in UTC; null before the first.</param>
/// <param name="IsStorageAvailable">True if the storage answered then.</param>
/// <param name="LastError">The error in a sentence; null if the storage answered.</param>
/// <param name="Revision">The revision served; null if there is none.</param>
public sealed record PublicationHealth(DateTimeOffset? LastCheckedAt, bool IsStorageAvailable, string? LastError, long? Revision);
