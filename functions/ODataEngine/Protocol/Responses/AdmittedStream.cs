namespace ODataEngine.Protocol.Responses;

/// <summary>
/// The output of an expensive file, which is created while it is sent. Counts as an expensive request while the file is created and
/// compressed, but not while the client receives it, so that a slow client does not keep other requests from being evaluated.
/// </summary>
internal sealed class AdmittedStream(Stream output, IConcurrencyLimit limit) : Stream
{
    // The file has begun, so it cannot be refused any more.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(20);

    private IDisposable? admission;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes a file to the output as soon as the limit allows it.</summary>
    public static async Task WriteAsync(Func<Stream, CancellationToken, Task> writeAsync, Stream output, IConcurrencyLimit limit, CancellationToken cancellationToken)
    {
        await using AdmittedStream stream = new(output, limit);
        await stream.EnterAsync(cancellationToken);
        await writeAsync(stream, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WaitAsync(output.WriteAsync(buffer, cancellationToken), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        WaitAsync(new ValueTask(output.FlushAsync(cancellationToken)), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Leave();
        base.Dispose(disposing);
    }

    private async ValueTask WaitAsync(ValueTask write, CancellationToken cancellationToken)
    {
        if (write.IsCompletedSuccessfully)
        {
            await write;
            return;
        }

        Leave();
        await write;
        await EnterAsync(cancellationToken);
    }

    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while ((admission = limit.TryEnter()) is null)
        {
            await Task.Delay(RetryInterval, cancellationToken);
        }
    }

    private void Leave()
    {
        admission?.Dispose();
        admission = null;
    }
}
