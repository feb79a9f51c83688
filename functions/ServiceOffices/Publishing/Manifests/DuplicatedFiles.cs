using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>
/// The platform's own JSON files of a publication: manifest, register and history. Each has a compressed copy beside it, from
/// which it is restored with the same bytes if it is lost or damaged.
/// </summary>
/// <param name="guard">Limits the time of reads; null for no limits.</param>
internal sealed class DuplicatedFiles(IFileStore store, ILogger? log = null, StorageGuard? guard = null)
{
    private readonly GuardedReads reads = new(store, guard);
    private readonly RestoredFiles restored = new(store, log);

    /// <summary>Gets the path of the copy. gzip, because its checksum shows damage even if the hash of the file is not known.</summary>
    public static string GetCopyPath(string path) => path + CompressionCodec.Gzip.FileExtension;

    /// <summary>Writes a new file after its copy.</summary>
    public async Task<FileLink> WriteAsync(string path, byte[] json, CancellationToken cancellationToken)
    {
        await WriteCopyAsync(path, json, cancellationToken);
        await store.WriteAsync(path, json, PublishingJsonContext.MediaType, cancellationToken);
        return new FileLink(path, ComputeHash(json));
    }

    /// <summary>Reads a file, and restores it from its copy if it is missing or damaged.</summary>
    /// <exception cref="DamagedPublicationException">Neither the file nor its copy has this hash.</exception>
    public async Task<byte[]> ReadAsync(FileLink link, CancellationToken cancellationToken)
    {
        var bytes = await reads.ReadAsync(link.Path, cancellationToken);
        if (bytes is not null && ComputeHash(bytes) == link.Sha256)
        {
            return bytes;
        }

        if (await ReadCopyAsync(link.Path, cancellationToken) is { } copy && ComputeHash(copy) == link.Sha256)
        {
            await restored.ReplaceAsync(link.Path, copy, PublishingJsonContext.MediaType, cancellationToken);
            return copy;
        }

        throw new DamagedPublicationException(bytes is null ? $"'{link.Path}' is missing" : $"the SHA-256 of '{link.Path}' does not match");
    }

    /// <summary>Finds the hash of a file to which no intact pointer refers: that of its copy if that is intact, else its own; null if both are missing.</summary>
    /// <param name="expected">A reference that may be damaged itself; null for none. If it has another hash, the file and its copy must be equal.</param>
    public async Task<FileLink?> FindAsync(string path, FileLink? expected, CancellationToken cancellationToken)
    {
        var file = await reads.ReadAsync(path, cancellationToken);
        var copy = await ReadCopyAsync(path, cancellationToken);
        if ((copy ?? file) is not { } bytes)
        {
            return null;
        }

        var link = new FileLink(path, ComputeHash(bytes));
        return expected?.Path != path || expected == link || (file is not null && copy is not null && file.AsSpan().SequenceEqual(copy)) ? link : null;
    }

    public static string ComputeHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private Task WriteCopyAsync(string path, byte[] json, CancellationToken cancellationToken) => store.WriteAsync(
        GetCopyPath(path),
        CompressionCodec.Gzip.Compress(json, CompressionEffort.Balanced),
        new FileHeaders(PublishingJsonContext.MediaType, CompressionCodec.Gzip.Name),
        cancellationToken);

    /// <returns>Null if the copy is missing or damaged.</returns>
    private async Task<byte[]?> ReadCopyAsync(string path, CancellationToken cancellationToken)
    {
        return await reads.ReadAsync(GetCopyPath(path), cancellationToken) is { Length: > 0 } copy ? CompressionCodec.Gzip.TryDecompress(copy) : null;
    }
}
