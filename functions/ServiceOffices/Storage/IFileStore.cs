namespace ServiceOffices.Storage;

/// <summary>
/// Files that are written once and never changed. Paths are relative, with <c>/</c> between their parts. Every method
/// throws <see cref="StorageUnavailableException"/> if the storage does not answer.
/// </summary>
public interface IFileStore
{
    /// <summary>Writes a new file.</summary>
    /// <exception cref="ConflictException">The path already has a file.</exception>
    /// <exception cref="ArgumentException">The path is not valid; the message says what is allowed.</exception>
    Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken);

    /// <summary>Opens a range of a file, so that a large file is never in memory as a whole.</summary>
    /// <param name="offset">The first byte, from 0.</param>
    /// <param name="length">The number of bytes, at least 1; null for all that follow.</param>
    /// <returns>
    /// A stream that is read forwards and asynchronously; its <see cref="Stream.Length"/> is the number of bytes of the range
    /// that the file has. Null if there is no file.
    /// </returns>
    Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken);

    /// <summary>Lists the files whose paths begin with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes a file; does nothing if there is none.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);
}

public static class FileStoreExtensions
{
    /// <summary>Reads a file into memory; null if there is none.</summary>
    public static async Task<byte[]?> ReadAsync(this IFileStore files, string path, CancellationToken cancellationToken)
    {
        await using var stream = await files.OpenReadAsync(path, 0, null, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
