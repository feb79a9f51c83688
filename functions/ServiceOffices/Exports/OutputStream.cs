namespace ServiceOffices.Exports;

/// <summary>
/// Stands before an answer over a network for writers that want more than it can: it knows its position, and what is
/// written without waiting is kept until something is awaited. Disposing it, asynchronously, leaves the output open.
/// </summary>
internal sealed class OutputStream(Stream output) : Stream
{
    private readonly MemoryStream kept = new();
    private long written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written;

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        // What is kept goes with the next that is awaited.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendKeptAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        kept.Write(buffer, offset, count);
        written += count;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await SendKeptAsync(cancellationToken);
        await output.WriteAsync(buffer, cancellationToken);
        written += buffer.Length;
    }

    public override async ValueTask DisposeAsync()
    {
        await SendKeptAsync(CancellationToken.None);
        await base.DisposeAsync();
    }

    private async ValueTask SendKeptAsync(CancellationToken cancellationToken)
    {
        if (kept.Length > 0)
        {
            await output.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancellationToken);
            kept.SetLength(0);
        }
    }
}
