namespace ODataEngine.Formats;

/// <summary>
/// Wraps a response stream for writers that read the position or write synchronously: synchronous writes are buffered until the
/// next asynchronous call. Asynchronous disposal leaves the output open.
/// </summary>
internal sealed class BufferedOutputStream(Stream output) : Stream
{
    private readonly MemoryStream pending = new();
    private long position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        // The next asynchronous call writes the buffered bytes.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await FlushPendingAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        pending.Write(buffer, offset, count);
        position += count;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FlushPendingAsync(cancellationToken);
        await output.WriteAsync(buffer, cancellationToken);
        position += buffer.Length;
    }

    public override async ValueTask DisposeAsync()
    {
        await FlushPendingAsync(CancellationToken.None);
        await base.DisposeAsync();
    }

    private async ValueTask FlushPendingAsync(CancellationToken cancellationToken)
    {
        if (pending.Length > 0)
        {
            await output.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellationToken);
            pending.SetLength(0);
        }
    }
}
