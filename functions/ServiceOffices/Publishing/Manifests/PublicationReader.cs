using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>Reads publications from their store and verifies the hash of every file.</summary>
public sealed class PublicationReader(IPublicationStore store)
{
    /// <summary>Loads the current publication; null before the first.</summary>
    /// <param name="known">The caller's publication: returned if it is still current, else its unchanged parts are reused.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or holds a publication that is damaged.</exception>
    public async Task<LoadedPublication?> LoadAsync(LoadedPublication? known, CancellationToken cancellationToken)
    {
        var pointer = await store.ReadPointerAsync(known?.ETag, cancellationToken);
        if (pointer is null || pointer.ETag == known?.ETag)
        {
            return pointer is null ? null : known;
        }

        var manifestLink = Parse(pointer.Content, PublishingJsonContext.Instance.CurrentPointer, "current").Manifest;
        return await LoadAsync(manifestLink.Path, manifestLink.Sha256, pointer.ETag, known, cancellationToken);
    }

    /// <summary>Loads the publication of an earlier revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication after that revision.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or holds a publication that is damaged.</exception>
    public async Task<Publication?> LoadRevisionAsync(LoadedPublication history, long revision, CancellationToken cancellationToken)
    {
        return FindManifest(history, revision) is var (path, sha256)
            ? (await LoadAsync(path, sha256, "", history, cancellationToken)).Publication
            : null;
    }

    /// <summary>Reads a published file into memory; null if the store has lost the file.</summary>
    /// <param name="encoding">A content coding of <see cref="PublishedFile.Encodings"/>, or null for the file itself.</param>
    public Task<byte[]?> ReadFileAsync(PublishedFile file, string? encoding, CancellationToken cancellationToken) =>
        store.ReadAsync(file.Path + FileCompression.GetPathSuffix(encoding), cancellationToken);

    /// <summary>Opens a range of a published file; null if the store has lost the file.</summary>
    /// <param name="length">The number of bytes, at least 1.</param>
    public Task<Stream?> OpenFileAsync(PublishedFile file, long offset, long length, CancellationToken cancellationToken) =>
        store.OpenReadAsync(file.Path, offset, length, cancellationToken);

    /// <summary>Loads the manifest of an earlier revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication after that revision.</param>
    /// <exception cref="StorageUnavailableException">The store does not answer, or holds a publication that is damaged.</exception>
    public async Task<Manifest?> LoadManifestAsync(LoadedPublication history, long revision, CancellationToken cancellationToken) =>
        FindManifest(history, revision) is var (path, sha256) ? await LoadManifestAsync(path, sha256, cancellationToken) : null;

    /// <summary>Reads the bytes of the manifest of a revision; null if the revision does not exist.</summary>
    /// <param name="history">Any publication at or after that revision.</param>
    public async Task<byte[]?> ReadManifestBytesAsync(LoadedPublication history, long revision, CancellationToken cancellationToken) =>
        history.Find(revision) is { } entry ? await store.ReadAsync(entry.Folder + Manifest.FileName, cancellationToken) : null;

    private async Task<LoadedPublication> LoadAsync(
        string manifestPath, string manifestSha256, string etag, LoadedPublication? known, CancellationToken cancellationToken)
    {
        var manifest = await LoadManifestAsync(manifestPath, manifestSha256, cancellationToken);
        // Parsing JSON takes most of the time: the register and the pages of history are read in parallel.
        var snapshot = Task.Run(
            () => ReadAsync(manifest.Register.Path, manifest.Register.Sha256, CreatePoolingContext().RegisterSnapshot, cancellationToken), cancellationToken);
        var pages = await Task.WhenAll(manifest.History.Select(link => Task.Run(() => ReadPageAsync(link, known, cancellationToken), cancellationToken)));
        var register = (await snapshot).ToRegister(pages, manifest.Files);
        var publication = new Publication(
            register.Publications[^1], manifest.Folder, manifestSha256, register, RegisterModel.CreateTables(register));
        return new LoadedPublication(publication, manifest, pages, etag);
    }

    // The next publication has the hash of a manifest.
    private static (string Path, string Sha256)? FindManifest(LoadedPublication history, long revision) =>
        (history.Find(revision), history.Find(revision + 1)) is ({ } entry, { Record.PreviousManifestSha256: { } sha256 })
            ? (entry.Folder + Manifest.FileName, sha256)
            : null;

    private async Task<Manifest> LoadManifestAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        var manifest = await ReadAsync(path, sha256, PublishingJsonContext.Instance.Manifest, cancellationToken);
        return manifest.FormatVersion == Manifest.CurrentFormatVersion
            ? manifest
            : throw CreateDamagedException($"'{path}' has format {manifest.FormatVersion}; this version reads {Manifest.CurrentFormatVersion}");
    }

    private async Task<HistoryPage> ReadPageAsync(HistoryPageLink link, LoadedPublication? known, CancellationToken cancellationToken)
    {
        for (var i = 0; i < known?.Manifest.History.Count; i++)
        {
            if (known.Manifest.History[i] == link)
            {
                return known.Pages[i];
            }
        }

        return await ReadAsync(link.Path, link.Sha256, CreatePoolingContext().HistoryPage, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(string path, string sha256, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var bytes = await store.ReadAsync(path, cancellationToken) ?? throw CreateDamagedException($"'{path}' is missing");
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256
            ? Parse(bytes, type, path)
            : throw CreateDamagedException($"the SHA-256 of '{path}' does not match");
    }

    // A pool serves one reader at a time.
    private static PublishingJsonContext CreatePoolingContext()
    {
        var strings = new StringPoolConverter();
        return PublishingJsonContext.CreateWithConverters(strings, new PropertyChangeConverter(strings));
    }

    private static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? throw CreateDamagedException($"'{path}' is empty");
        }
        catch (JsonException e)
        {
            throw CreateDamagedException($"'{path}' is not valid JSON", e);
        }
    }

    private static StorageUnavailableException CreateDamagedException(string what, Exception? inner = null)
    {
        var message = $"The publication store is damaged: {what}.";
        return new StorageUnavailableException(message, inner ?? new InvalidDataException(message));
    }
}
