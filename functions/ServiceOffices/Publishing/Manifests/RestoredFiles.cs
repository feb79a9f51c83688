using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>Replaces lost or damaged files with the bytes that were published.</summary>
internal sealed partial class RestoredFiles(IFileStore store, ILogger? log = null)
{
    private readonly ILogger log = log ?? NullLogger.Instance;

    /// <summary>Replaces a file. Other processes may do the same: all write the same bytes. A failure is only logged, because the next reader tries again.</summary>
    /// <param name="content">Bytes with the hash that was published.</param>
    public async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteAsync(path, cancellationToken);
            await store.WriteAsync(path, content, headers, cancellationToken);
            LogRestored(path);
        }
        catch (ConflictException)
        {
            // Another process has restored it.
        }
        catch (StorageUnavailableException e)
        {
            LogNotRestored(e, path);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file '{Path}' was missing or damaged. It has been restored with the bytes that were published.")]
    private partial void LogRestored(string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The file '{Path}' is missing or damaged and could not be written; the next process that reads it tries again.")]
    private partial void LogNotRestored(Exception exception, string path);
}
