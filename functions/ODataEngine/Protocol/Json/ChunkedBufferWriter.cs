using System.Buffers;
using ODataEngine.Execution;

namespace ODataEngine.Protocol.Json;

/// <summary>A buffer of several chunks. Large encoded data is referenced instead of copied.</summary>
/// <param name="budget">Limits the memory of the chunks; null for no limit.</param>
internal sealed class ChunkedBufferWriter(QueryBudget? budget = null) : IBufferWriter<byte>
{
    private const int InitialChunkBytes = 4 * 1024;

    // Below the large object heap threshold of 85 000 bytes.
    private const int MaxChunkBytes = 64 * 1024;

    // Shorter data is cheaper to copy than to send as a segment.
    private const int MinReferenceBytes = 1024;

    // A part in the list and its segment.
    private const int PartBytes = 80;

    private readonly List<ReadOnlyMemory<byte>> parts = [];
    private byte[] chunk = GC.AllocateUninitializedArray<byte>(InitialChunkBytes);
    private int start;
    private int end;

    /// <summary>The written bytes. Nothing can be written after this is read.</summary>
    public ReadOnlySequence<byte> Content
    {
        get
        {
            CompleteChunk();
            if (parts.Count < 2)
            {
                return parts.Count == 0 ? default : new ReadOnlySequence<byte>(parts[0]);
            }

            var first = new ChunkSegment(parts[0], 0);
            var last = first;
            for (var i = 1; i < parts.Count; i++)
            {
                last = last.Append(parts[i]);
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        end += bytes.Length;
    }

    /// <summary>Writes bytes that never change, without copying them if they are large.</summary>
    public void WriteReference(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < MinReferenceBytes)
        {
            Write(bytes.Span);
            return;
        }

        CompleteChunk();
        budget?.ConsumeMemory(PartBytes);
        parts.Add(bytes);
    }

    public void Clear()
    {
        parts.Clear();
        start = end = 0;
    }

    public void Advance(int count) => end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureCapacity(sizeHint);
        return chunk.AsMemory(end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureCapacity(sizeHint);
        return chunk.AsSpan(end);
    }

    private void EnsureCapacity(int bytes)
    {
        if (chunk.Length - end >= Math.Max(bytes, 1))
        {
            return;
        }

        CompleteChunk();
        var length = Math.Max(bytes, Math.Min(chunk.Length * 4, MaxChunkBytes));
        budget?.ConsumeMemory(length);
        chunk = GC.AllocateUninitializedArray<byte>(length);
        start = end = 0;
    }

    private void CompleteChunk()
    {
        if (end > start)
        {
            parts.Add(chunk.AsMemory(start, end - start));
            start = end;
        }
    }

    private sealed class ChunkSegment : ReadOnlySequenceSegment<byte>
    {
        public ChunkSegment(ReadOnlyMemory<byte> bytes, long runningIndex) => (Memory, RunningIndex) = (bytes, runningIndex);

        public ChunkSegment Append(ReadOnlyMemory<byte> bytes)
        {
            var next = new ChunkSegment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
