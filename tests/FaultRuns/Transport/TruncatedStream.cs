namespace ServiceOffices.FaultRuns.Transport;

/// <summary>The beginning of a response body; then the connection breaks.</summary>
internal sealed class TruncatedStream(Stream source, long length) : Stream
{
    private long remaining = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (remaining == 0)
        {
            throw CreateDrop();
        }

        var count = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, remaining)], cancellationToken);
        remaining -= count;
        return count > 0 ? count : throw CreateDrop();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // The SDK reads the body of an error synchronously.
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (remaining == 0)
        {
            throw CreateDrop();
        }

        var read = source.Read(buffer, offset, (int)Math.Min(count, remaining));
        remaining -= read;
        return read > 0 ? read : throw CreateDrop();
    }

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
        }

        base.Dispose(disposing);
    }

    private static IOException CreateDrop() => new("The response ended prematurely (injected).");
}
