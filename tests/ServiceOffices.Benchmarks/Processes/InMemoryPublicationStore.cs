using System.Collections.Concurrent;
using System.Globalization;
using ServiceOffices.Storage;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>A publication store in memory that counts its operations as a storage account bills and throttles them.</summary>
internal sealed class InMemoryPublicationStore : IPublicationStore
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private volatile PublicationPointer? current;
    private long pointerReads;
    private long fileReads;
    private long bytesRead;
    private long writes;
    private long bytesWritten;

    public long PointerReads => Interlocked.Read(ref pointerReads);

    public long FileReads => Interlocked.Read(ref fileReads);

    public long BytesRead => Interlocked.Read(ref bytesRead);

    public long Writes => Interlocked.Read(ref writes);

    public long BytesWritten => Interlocked.Read(ref bytesWritten);

    public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref writes);
        Interlocked.Add(ref bytesWritten, content.Length);
        return files.TryAdd(path, content.ToArray()) ? Task.CompletedTask : throw new ConflictException($"'{path}' is there already.");
    }

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref fileReads);
        if (!files.TryGetValue(path, out var content))
        {
            return Task.FromResult<Stream?>(null);
        }

        var start = (int)Math.Min(offset, content.Length);
        var count = (int)Math.Min(length ?? long.MaxValue, content.Length - start);
        Interlocked.Add(ref bytesRead, count);
        return Task.FromResult<Stream?>(new MemoryStream(content, start, count, writable: false));
    }

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref pointerReads);
        var pointer = current;
        return Task.FromResult(pointer?.ETag == knownETag ? pointer! with { Content = default } : pointer);
    }

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken)
    {
        if (current?.ETag != ifMatch)
        {
            return Task.FromResult<string?>(null);
        }

        current = new PublicationPointer(content, (long.Parse(ifMatch ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));
        return Task.FromResult<string?>(current.ETag);
    }

    public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) => files
        .Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal))
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => new StoredFile(file.Key, file.Value.Length, default))
        .ToAsyncEnumerable();

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        files.TryRemove(path, out _);
        return Task.CompletedTask;
    }

    // Only one process publishes, so the lease is always free.
    public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => Task.FromResult<RefreshLease?>(
        new RefreshLease(TimeSpan.FromHours(1), TimeProvider.System, _ => Task.FromResult(true), () => Task.CompletedTask));
}
