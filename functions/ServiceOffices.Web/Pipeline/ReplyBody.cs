using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Opens a stream of the bytes from <paramref name="offset"/> on, at least <paramref name="length"/> of them unless the content ends before.</summary>
public delegate ValueTask<Stream> OpenRange(long offset, long length, CancellationToken cancellationToken);

/// <summary>The content of a reply: in memory, a stream that is opened when it is sent, or generated while it is sent.</summary>
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

    /// <summary>Gets the number of bytes.</summary>
    /// <exception cref="InvalidOperationException">The length is unknown: <see cref="HasLength"/> is false.</exception>
    public long Length => length ?? throw new InvalidOperationException("The length of content that is generated while it is sent is unknown.");

    /// <summary>Gets whether the length is known; false if the content is generated while it is sent.</summary>
    public bool HasLength => length is not null;

    /// <summary>Gets whether the content is in memory, so that it can be compressed before it is sent.</summary>
    internal bool IsInMemory => open is null && write is null;

    /// <summary>Gets the contiguous bytes of content in memory.</summary>
    internal ReadOnlySpan<byte> Span => bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();

    /// <summary>Creates content in memory; the caller must not change it afterwards.</summary>
    public static ReplyBody From(ReadOnlyMemory<byte> bytes) => From(new ReadOnlySequence<byte>(bytes));

    /// <summary>Creates content in memory, in segments; the caller must not change it afterwards.</summary>
    public static ReplyBody From(ReadOnlySequence<byte> bytes) => new(bytes, null, 0, bytes.Length);

    /// <summary>Creates content from a string, in UTF-8 without a byte order mark.</summary>
    public static ReplyBody From(string text) => From(Encoding.UTF8.GetBytes(text));

    /// <summary>Creates content from a stream of exactly <paramref name="length"/> bytes; the requested part is opened when the reply is sent, and disposed afterwards.</summary>
    public static ReplyBody From(long length, OpenRange open) => new(default, open, 0, length);

    /// <summary>Creates content that is generated while it is sent, without buffering it. An exception aborts the connection.</summary>
    public static ReplyBody From(Func<Stream, CancellationToken, Task> write) => new(write);

    internal ReplyBody Slice(long start, long length) => open is null
        ? From(bytes.Slice(start, length))
        : new ReplyBody(default, open, offset + start, length);

    /// <summary>Gets the same content in a coding, compressed while it is sent.</summary>
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

    // Small content is sent together with the headers; large content is flushed in parts.
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

    private static EndOfStreamException CreateEndOfStreamException(long read) => new($"The stream ended after {read} bytes, before its declared length.");
}
