using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Opens a stream of the bytes from <paramref name="offset"/> on, at least <paramref name="length"/> of them unless the content ends before.</summary>
public delegate ValueTask<Stream> OpenRange(long offset, long length, CancellationToken cancellationToken);

/// <summary>The bytes of an answer: in memory, opened when they are written, or made while they are written.</summary>
public sealed class ReplyBody
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>No bytes.</summary>
    public static readonly ReplyBody Empty = From(ReadOnlyMemory<byte>.Empty);

    private readonly ReadOnlySequence<byte> bytes;
    private readonly OpenRange? open;
    private readonly Func<Stream, CancellationToken, Task>? write;
    private readonly long offset;
    private readonly long? length;

    private ReplyBody(ReadOnlySequence<byte> bytes, OpenRange? open, long offset, long length)
    {
        this.bytes = bytes;
        this.open = open;
        this.offset = offset;
        this.length = length;
    }

    private ReplyBody(Func<Stream, CancellationToken, Task> write) => this.write = write;

    /// <summary>The number of bytes.</summary>
    /// <exception cref="InvalidOperationException">Nobody knows it: <see cref="HasLength"/> is false.</exception>
    public long Length => length ?? throw new InvalidOperationException("The length of content that is made while it is written is not known.");

    /// <summary>False where the bytes are made while they are written.</summary>
    public bool HasLength => length is not null;

    /// <summary>True where the bytes are in memory, so that they can be compressed before they are sent.</summary>
    internal bool IsInMemory => open is null && write is null;

    /// <summary>The bytes in one piece, where they are in memory.</summary>
    internal ReadOnlySpan<byte> Span => bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();

    /// <summary>Bytes in memory; the caller must not change them afterwards.</summary>
    public static ReplyBody From(ReadOnlyMemory<byte> bytes) => From(new ReadOnlySequence<byte>(bytes));

    /// <summary>Bytes in memory, in parts; the caller must not change them afterwards.</summary>
    public static ReplyBody From(ReadOnlySequence<byte> bytes) => new(bytes, null, 0, bytes.Length);

    /// <summary>Text as UTF-8 without a byte order mark.</summary>
    public static ReplyBody From(string text) => From(Encoding.UTF8.GetBytes(text));

    /// <summary>A stream of exactly <paramref name="length"/> bytes; the part that is sent is opened when an answer is written, and disposed after.</summary>
    public static ReplyBody From(long length, OpenRange open) => new(default, open, 0, length);

    /// <summary>Bytes that are made while they are written: an answer of any size takes no memory. An exception midway cuts the connection.</summary>
    public static ReplyBody From(Func<Stream, CancellationToken, Task> write) => new(write);

    internal ReplyBody Slice(long start, long length) => open is null
        ? From(bytes.Slice(start, length))
        : new ReplyBody(default, open, offset + start, length);

    /// <summary>The same content in a coding, compressed while it is written.</summary>
    internal ReplyBody Encode(ContentCoding coding) => new(async (output, cancellationToken) =>
    {
        await using var encoded = coding.CreateStream(output);
        await write!(encoded, cancellationToken);
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

        await using var source = await open(offset, Length, cancellationToken);
        for (var remaining = Length; remaining > 0;)
        {
            var buffer = destination.GetMemory(ChunkBytes);
            var count = (int)Math.Min(remaining, buffer.Length);
            var read = await source.ReadAsync(buffer[..count], cancellationToken);
            if (read == 0)
            {
                throw CreateEndOfStreamException(Length - remaining);
            }

            destination.Advance(read);
            remaining -= read;
            await destination.FlushAsync(cancellationToken);
        }
    }

    // Little is sent at once with the fields; of much a part at a time waits to be sent.
    private static async ValueTask WriteToAsync(PipeWriter destination, ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        var unflushed = 0;
        foreach (var segment in bytes)
        {
            for (var start = 0; start < segment.Length; start += ChunkBytes)
            {
                var chunk = segment.Slice(start, Math.Min(ChunkBytes, segment.Length - start));
                destination.Write(chunk.Span);
                unflushed += chunk.Length;
                if (unflushed >= ChunkBytes)
                {
                    await destination.FlushAsync(cancellationToken);
                    unflushed = 0;
                }
            }
        }

        if (unflushed > 0)
        {
            await destination.FlushAsync(cancellationToken);
        }
    }

    private static EndOfStreamException CreateEndOfStreamException(long read) => new($"The stream ended after {read} bytes, before its stated length.");
}
