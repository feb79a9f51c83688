using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ServiceOffices.Http;

/// <summary>The bytes of an answer: in memory, opened when they are written, or made while they are written.</summary>
public sealed class Payload
{
    private const int CopyBytes = 64 * 1024;

    /// <summary>No bytes.</summary>
    public static readonly Payload Empty = Of(ReadOnlyMemory<byte>.Empty);

    private readonly ReadOnlySequence<byte> bytes;
    private readonly Func<CancellationToken, ValueTask<Stream>>? open;
    private readonly Func<Stream, CancellationToken, Task>? write;
    private readonly long offset;
    private readonly long? length;

    private Payload(ReadOnlySequence<byte> bytes, Func<CancellationToken, ValueTask<Stream>>? open, long offset, long length)
    {
        this.bytes = bytes;
        this.open = open;
        this.offset = offset;
        this.length = length;
    }

    private Payload(Func<Stream, CancellationToken, Task> write) => this.write = write;

    /// <summary>The number of bytes.</summary>
    /// <exception cref="InvalidOperationException">Nobody knows it: <see cref="HasLength"/> is false.</exception>
    public long Length => length ?? throw new InvalidOperationException("The length of content that is made while it is written is not known.");

    /// <summary>False where the bytes are made while they are written.</summary>
    public bool HasLength => length is not null;

    /// <summary>True where the bytes are in memory, so that they can be compressed before they are sent.</summary>
    internal bool InMemory => open is null && write is null;

    /// <summary>The bytes in one piece, where they are in memory.</summary>
    internal ReadOnlySpan<byte> Span => bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();

    /// <summary>Bytes in memory; the caller must not change them afterwards.</summary>
    public static Payload Of(ReadOnlyMemory<byte> bytes) => Of(new ReadOnlySequence<byte>(bytes));

    /// <summary>Bytes in memory, in parts; the caller must not change them afterwards.</summary>
    public static Payload Of(ReadOnlySequence<byte> bytes) => new(bytes, null, 0, bytes.Length);

    /// <summary>Text as UTF-8 without a byte order mark.</summary>
    public static Payload Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>A stream of exactly <paramref name="length"/> bytes; it is opened once an answer is written and disposed after.</summary>
    public static Payload Of(long length, Func<CancellationToken, ValueTask<Stream>> open) => new(default, open, 0, length);

    /// <summary>Bytes that are made while they are written: an answer of any size takes no memory. An exception midway cuts the connection.</summary>
    public static Payload Of(Func<Stream, CancellationToken, Task> write) => new(write);

    internal Payload Slice(long from, long length) => open is null
        ? Of(bytes.Slice(from, length))
        : new Payload(default, open, offset + from, length);

    /// <summary>The same content in a coding, compressed while it is written.</summary>
    internal Payload Coded(ContentCoding coding) => new(async (output, cancellationToken) =>
    {
        await using var coded = coding.Wrap(output);
        await write!(coded, cancellationToken);
    });

    internal async ValueTask WriteToAsync(PipeWriter destination, CancellationToken cancellationToken)
    {
        if (write is not null)
        {
            await write(destination.AsStream(leaveOpen: true), cancellationToken);
            return;
        }

        if (open is null)
        {
            await WriteToAsync(destination, bytes, cancellationToken);
            return;
        }

        await using var source = await open(cancellationToken);
        await SkipAsync(source, offset, cancellationToken);
        for (var left = Length; left > 0;)
        {
            var room = destination.GetMemory(CopyBytes);
            var wanted = (int)Math.Min(left, room.Length);
            var read = await source.ReadAsync(room[..wanted], cancellationToken);
            if (read == 0)
            {
                throw Short(Length - left);
            }

            destination.Advance(read);
            left -= read;
            await destination.FlushAsync(cancellationToken);
        }
    }

    // Little is sent at once with the fields; of much a part at a time waits to be sent.
    private static async ValueTask WriteToAsync(PipeWriter destination, ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        var waiting = 0;
        foreach (var part in bytes)
        {
            for (var from = 0; from < part.Length; from += CopyBytes)
            {
                var piece = part.Slice(from, Math.Min(CopyBytes, part.Length - from));
                destination.Write(piece.Span);
                waiting += piece.Length;
                if (waiting >= CopyBytes)
                {
                    await destination.FlushAsync(cancellationToken);
                    waiting = 0;
                }
            }
        }

        if (waiting > 0)
        {
            await destination.FlushAsync(cancellationToken);
        }
    }

    private static async ValueTask SkipAsync(Stream source, long count, CancellationToken cancellationToken)
    {
        if (source.CanSeek)
        {
            source.Seek(count, SeekOrigin.Current);
            return;
        }

        var room = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            for (var left = count; left > 0;)
            {
                var read = await source.ReadAsync(room.AsMemory(0, (int)Math.Min(left, room.Length)), cancellationToken);
                if (read == 0)
                {
                    throw Short(count - left);
                }

                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static EndOfStreamException Short(long read) => new($"The stream ended after {read} bytes, before its stated length.");
}
