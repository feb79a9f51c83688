using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>Reads publications from their store and verifies the hash of every file.</summary>
/// <param name="guard">Limits the time of reads of earlier revisions; null for no limits.</param>
public sealed partial class PublicationReader(IPublicationStore store, ILogger<PublicationReader>? log = null, StorageGuard? guard = null)
{
    private readonly DuplicatedFiles files = new(store, log);
    private readonly DuplicatedFiles guardedFiles = new(store, log, guard);

    internal IPublicationStore Store => store;

    internal StorageGuard? Guard => guard;

    /// <summary>
    /// Loads the current publication; null before the first. If the pointer or the current revision is damaged, this is the newest
    /// complete revision, with the <see cref="LoadedPublication.Damage"/> that the next refresh repairs.
    /// </summary>
    /// <param name="known">The caller's publication: returned if it is still current, else its unchanged parts are reused.</param>
    /// <exception cref="DamagedPublicationException">No revision is complete.</exception>
    /// <exception cref="StorageUnavailableException">The store does not answer, or has a format that this version cannot read.</exception>
    public async Task<LoadedPublication?> LoadAsync(LoadedPublication? known, CancellationToken cancellationToken)
    {
        var pointer = await store.ReadPointerAsync(known?.ETag, cancellationToken);
        if (known is not null && pointer?.ETag == known.ETag)
        {
            return known;
        }

        if (pointer is null)
        {
            return await RecoverAsync("the pointer 'current' is missing", null, null, known, cancellationToken);
        }

        CurrentPointer? current = null;
        try
        {
            current = ParsePointer(pointer.Content);
            var loaded = await LoadAsync(files, current.Manifest, pointer.ETag, known, cancellationToken);
            return loaded.Publication.Revision == current.Revision ? loaded : throw new DamagedPublicationException("the pointer 'current' names another revision than its manifest");
        }
        catch (DamagedPublicationException e)
        {
            var recovered = await RecoverAsync(e.InnerException!.Message, pointer.ETag, current, known, cancellationToken);
            if (recovered is null)
            {
                throw;
            }

            return recovered;
        }
    }

    /// <summary>Loads the publication of an earlier revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication after that revision.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or holds a publication that is damaged.</exception>
    public async Task<Publication?> LoadRevisionAsync(LoadedPublication history, long revision, CancellationToken cancellationToken)
    {
        return FindManifest(history, revision) is { } link ? (await LoadAsync(guardedFiles, link, "", history, cancellationToken)).Publication : null;
    }

    /// <summary>Reads a published file into memory; null if the store has lost the file.</summary>
    /// <param name="encoding">A content coding of <see cref="PublishedFile.Encodings"/>, or null for the file itself.</param>
    public Task<byte[]?> ReadFileAsync(PublishedFile file, string? encoding, CancellationToken cancellationToken) =>
        store.ReadAsync(file.Path + FileCompression.GetPathSuffix(encoding), cancellationToken);

    /// <summary>Loads the manifest of an earlier revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication after that revision.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or holds a publication that is damaged.</exception>
    public async Task<Manifest?> LoadManifestAsync(LoadedPublication history, long revision, CancellationToken cancellationToken) =>
        FindManifest(history, revision) is { } link ? await LoadManifestAsync(guardedFiles, link, cancellationToken) : null;

    /// <summary>Reads the bytes of the manifest of a revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication at or after that revision.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or the manifest is damaged.</exception>
    public async Task<byte[]?> ReadManifestBytesAsync(LoadedPublication history, long revision, CancellationToken cancellationToken) =>
        FindManifest(history, revision) is { } link ? await guardedFiles.ReadAsync(link, cancellationToken) : null;

    private static async Task<LoadedPublication> LoadAsync(
        DuplicatedFiles files, FileLink link, string? etag, LoadedPublication? known, CancellationToken cancellationToken)
    {
        var manifest = await LoadManifestAsync(files, link, cancellationToken);
        // Parsing JSON takes most of the time: the register and the pages of history are read in parallel.
        var snapshot = Task.Run(() => ReadAsync(files, manifest.Register, CreatePoolingContext().RegisterSnapshot, cancellationToken), cancellationToken);
        var pages = await Task.WhenAll(manifest.History.Select(page => Task.Run(() => ReadPageAsync(files, page, known, cancellationToken), cancellationToken)));
        var register = (await snapshot).ToRegister(pages, manifest.Files);
        var publication = new Publication(
            register.Publications[^1], manifest.Folder, link.Sha256, register, PublishedTables.Create(register));
        return new LoadedPublication(publication, manifest, pages, etag);
    }

    // The next publication has the hash of a manifest.
    private static FileLink? FindManifest(LoadedPublication history, long revision) => history.Find(revision) switch
    {
        null => null,
        _ when history.Manifest.Revision == revision => new FileLink(history.Manifest.Path, history.Publication.ManifestSha256),
        var entry when history.FindNext(revision)?.Record.PreviousManifestSha256 is { } sha256 => new FileLink(entry.Folder + Manifest.FileName, sha256),
        _ => null,
    };

    private static async Task<Manifest> LoadManifestAsync(DuplicatedFiles files, FileLink link, CancellationToken cancellationToken)
    {
        var manifest = await ReadAsync(files, link, PublishingJsonContext.Instance.Manifest, cancellationToken);
        return manifest.FormatVersion == Manifest.CurrentFormatVersion
            ? manifest
            : throw CreateUnsupportedException(link.Path, manifest.FormatVersion);
    }

    private static async Task<HistoryPage> ReadPageAsync(DuplicatedFiles files, HistoryPageLink link, LoadedPublication? known, CancellationToken cancellationToken)
    {
        for (var i = 0; i < known?.Manifest.History.Count; i++)
        {
            if (known.Manifest.History[i] == link)
            {
                return known.Pages[i];
            }
        }

        return await ReadAsync(files, new FileLink(link.Path, link.Sha256), CreatePoolingContext().HistoryPage, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(DuplicatedFiles files, FileLink link, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(await files.ReadAsync(link, cancellationToken), type, link.Path);

    // A pool serves one reader at a time.
    private static PublishingJsonContext CreatePoolingContext()
    {
        var strings = new StringPoolConverter();
        return PublishingJsonContext.CreateWithConverters(strings, new PropertyChangeConverter(strings));
    }

    private static CurrentPointer ParsePointer(ReadOnlyMemory<byte> content) =>
        Parse(content, PublishingJsonContext.Instance.CurrentPointer, "current") is { Manifest: { Path: not null, Sha256: not null } } pointer
            ? pointer
            : throw new DamagedPublicationException("the pointer 'current' does not name a manifest");

    private static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw new DamagedPublicationException($"'{path}' is empty");
        }
        catch (JsonException e)
        {
            throw new DamagedPublicationException($"'{path}' is not valid JSON", new InvalidDataException($"'{path}' is not valid JSON", e));
        }
    }

    // Not damage: a newer version of the platform reads it.
    private static StorageUnavailableException CreateUnsupportedException(string path, int version)
    {
        var message = $"'{path}' has format {version}; this version of the platform reads {Manifest.CurrentFormatVersion}.";
        return new StorageUnavailableException(message, new NotSupportedException(message));
    }
}
