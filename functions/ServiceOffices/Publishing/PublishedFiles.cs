using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ODataEngine.Formats;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing;

/// <summary>
/// Reads the files of publications for clients. Bytes that were not published are never returned: a lost or damaged file is
/// restored from its codings or from the register, with the same bytes.
/// </summary>
/// <param name="formats">The formats that can be created again.</param>
/// <param name="keptRevisions">The number of latest revisions whose files are stored; null for all. Those of others are created for each request.</param>
public sealed partial class PublishedFiles(
    IFileStore store, CurrentPublication current, IReadOnlyList<ExportFormat> formats, StorageGuard? guard, ILogger log, int? keptRevisions = null)
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxVerifiedPaths = 10_000;

    private readonly GuardedReads reads = new(store, guard);
    private readonly RestoredFiles restored = new(store, log);

    // The paths of files that were intact when this process first read them.
    private readonly ConcurrentDictionary<string, bool> verifiedPaths = new(StringComparer.Ordinal);

    /// <summary>Reads a file in a coding; null if that coding cannot be restored with the published bytes.</summary>
    /// <param name="encoding">A content coding of <see cref="PublishedFile.Encodings"/>.</param>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or the file is lost and cannot be restored.</exception>
    public async Task<byte[]?> ReadAsync(PublishedFile file, string encoding, CancellationToken cancellationToken)
    {
        var codec = FileCompression.Find(encoding)!;
        var path = file.Path + codec.FileExtension;
        var expected = file.EncodedSha256?.GetValueOrDefault(encoding);
        var (stored, isAvailable) = await TryReadAsync(path, cancellationToken);
        if (stored is not null && IsPublished(stored))
        {
            return stored;
        }

        var isExpired = stored is null && await IsExpiredAsync(file, cancellationToken);
        if (!isExpired)
        {
            LogDamaged(path);
        }

        var content = await FindContentAsync(file, isAvailable, cancellationToken);
        var compressed = codec.Compress(content.Span, CompressionEffort.Balanced);
        if (expected is not null && DuplicatedFiles.ComputeHash(compressed) != expected)
        {
            return null;
        }

        if (isAvailable && !isExpired)
        {
            await restored.ReplaceAsync(path, compressed, new FileHeaders(file.MediaType, encoding, file.Name), cancellationToken);
        }

        return compressed;

        bool IsPublished(byte[] bytes) => expected is null
            ? codec.TryDecompress(bytes) is { } plain && DuplicatedFiles.ComputeHash(plain) == file.Sha256
            : DuplicatedFiles.ComputeHash(bytes) == expected;
    }

    /// <summary>Opens a range of a file in no coding; the caller disposes the stream. The whole file is verified before its first use.</summary>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or the file is lost and cannot be restored.</exception>
    public async ValueTask<Stream> OpenAsync(PublishedFile file, long offset, long length, CancellationToken cancellationToken)
    {
        if (await VerifyAsync(file, cancellationToken) is { } content)
        {
            return new MemoryStream(content.Slice((int)offset, (int)length).ToArray(), writable: false);
        }

        var stream = await reads.OpenAsync(file.Path, offset, length, cancellationToken);
        if (stream is null || stream.Length < length)
        {
            // Deleted or damaged since it was verified.
            verifiedPaths.TryRemove(file.Path, out _);
            return await VerifyAsync(file, cancellationToken) is { } created
                ? new MemoryStream(created.Slice((int)offset, (int)length).ToArray(), writable: false)
                : throw CreateLostException(file);
        }

        return offset == 0 && length == file.Bytes ? new VerifiedStream(stream, file, () => verifiedPaths.TryRemove(file.Path, out _)) : stream;
    }

    /// <summary>Verifies a file at its first use, and restores it if it is damaged.</summary>
    /// <returns>The whole content if the storage does not have it; null if the file can be read from the storage.</returns>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or the file is lost and cannot be restored.</exception>
    public async Task<ReadOnlyMemory<byte>?> VerifyAsync(PublishedFile file, CancellationToken cancellationToken)
    {
        if (verifiedPaths.ContainsKey(file.Path))
        {
            return null;
        }

        var (isAvailable, isExpired) = (true, false);
        try
        {
            var hash = await ComputeStoredHashAsync(file, cancellationToken);
            isExpired = hash is null && await IsExpiredAsync(file, cancellationToken);
            if (hash == file.Sha256)
            {
                AddVerified(file.Path);
                return null;
            }
        }
        catch (StorageUnavailableException)
        {
            isAvailable = false;
        }

        if (!isExpired)
        {
            LogDamaged(file.Path);
        }

        var content = await FindContentAsync(file, isAvailable, cancellationToken, skipStored: true);
        if (isAvailable && !isExpired)
        {
            await restored.ReplaceAsync(file.Path, content, new FileHeaders(file.MediaType, DownloadName: file.Name), cancellationToken);
        }

        return content;
    }

    /// <summary>Tests whether a missing file was deleted by <see cref="Refresh.ExpiredExports"/>.</summary>
    private async ValueTask<bool> IsExpiredAsync(PublishedFile file, CancellationToken cancellationToken) =>
        keptRevisions is { } kept && await current.GetAsync(cancellationToken) is { } latest && file.Revision <= latest.Revision - kept
            && latest.Register.Files.All(other => other.Path != file.Path);

    private static StorageUnavailableException CreateLostException(PublishedFile file) =>
        new($"'{file.Name}' of revision {file.Revision} is missing or damaged, and cannot be restored.", new FileNotFoundException(null, file.Name));

    /// <summary>Finds the published bytes: in the storage, in one of the stored codings, or created again from the register.</summary>
    private async Task<ReadOnlyMemory<byte>> FindContentAsync(
        PublishedFile file, bool isAvailable, CancellationToken cancellationToken, bool skipStored = false)
    {
        if (isAvailable && !skipStored && (await TryReadAsync(file.Path, cancellationToken)).Content is { } stored && DuplicatedFiles.ComputeHash(stored) == file.Sha256)
        {
            return stored;
        }

        foreach (var codec in isAvailable ? file.Encodings.Select(FileCompression.Find).OfType<CompressionCodec>() : [])
        {
            var (compressed, _) = await TryReadAsync(file.Path + codec.FileExtension, cancellationToken);
            if (compressed is not null && codec.TryDecompress(compressed) is { } plain && DuplicatedFiles.ComputeHash(plain) == file.Sha256)
            {
                return plain;
            }
        }

        return await RecreateAsync(file, isAvailable, cancellationToken) ?? throw CreateLostException(file);
    }

    /// <summary>Creates the file from the tables in memory, or from the register of its revision; null if the result has other bytes.</summary>
    private async Task<ReadOnlyMemory<byte>?> RecreateAsync(PublishedFile file, bool isAvailable, CancellationToken cancellationToken)
    {
        // A file that has not changed since is the same in the current tables.
        return await current.GetAsync(cancellationToken) is not { } latest ? null
            : await RecreateAsync(file, latest, cancellationToken)
                ?? (isAvailable && await current.GetRevisionAsync(file.Revision, cancellationToken) is { } old ? await RecreateAsync(file, old, cancellationToken) : null);
    }

    private async Task<ReadOnlyMemory<byte>?> RecreateAsync(PublishedFile file, Publication publication, CancellationToken cancellationToken)
    {
        if (publication.Tables.Model.Find(file.Dataset) is not { } set
            || formats.FirstOrDefault(format => PublicationExport.GetFileName(set, format) == file.Name) is not { } format)
        {
            return null;
        }

        var content = await PublicationExport.CreateAsync(publication.Tables, set, format, cancellationToken);
        return DuplicatedFiles.ComputeHash(content.Span) == file.Sha256 ? content : (ReadOnlyMemory<byte>?)null;
    }

    /// <returns>The content, null if it is missing; and whether the storage answered.</returns>
    private async Task<(byte[]? Content, bool IsAvailable)> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await reads.ReadAsync(path, cancellationToken), true);
        }
        catch (StorageUnavailableException)
        {
            return (null, false);
        }
    }

    /// <returns>Null if the file is missing.</returns>
    private async Task<string?> ComputeStoredHashAsync(PublishedFile file, CancellationToken cancellationToken)
    {
        await using var stream = await reads.OpenAsync(file.Path, 0, null, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        int count;
        while ((count = await reads.ReadAsync(stream, buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void AddVerified(string path)
    {
        if (verifiedPaths.Count >= MaxVerifiedPaths)
        {
            verifiedPaths.Clear();
        }

        verifiedPaths[path] = true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The published file '{Path}' is missing, damaged or not available. Its content is restored.")]
    private partial void LogDamaged(string path);
}
