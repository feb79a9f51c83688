namespace ServiceOffices.Storage;

/// <summary>A range of a stored file, read forwards and asynchronously.</summary>
/// <param name="source">Disposed with this stream.</param>
/// <param name="length">Number of bytes that are read from the source.</param>
/// <param name="read">Reads from the source; throws <see cref="StorageUnavailableException"/> if the storage fails.</param>
/// <param name="owner">An object that the source requires until it is disposed; null for none.</param>
internal sealed class StoredFileStream(
    Stream source, long length, Func<Memory<byte>, CancellationToken, Task<int>> read, IDisposable? owner = null) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var remaining = length - position;
        if (remaining == 0)
        {
            return 0;
        }

        var count = await read(buffer.Length > remaining ? buffer[..(int)remaining] : buffer, cancellationToken);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file must be read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
