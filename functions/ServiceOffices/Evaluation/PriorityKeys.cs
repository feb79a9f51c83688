namespace ServiceOffices.Evaluation;

/// <summary>The smallest of the keys that are added, as many as there is room for.</summary>
/// <param name="buffer">At least one place.</param>
internal ref struct TopKeys(Span<ulong> buffer)
{
    private readonly Span<ulong> heap = buffer;
    private int count;

    public void Add(ulong key)
    {
        if (count < heap.Length)
        {
            heap[count++] = key;
            if (count == heap.Length)
            {
                for (var index = (count / 2) - 1; index >= 0; index--)
                {
                    Sink(heap[index], index);
                }
            }
        }
        else if (key < heap[0])
        {
            Sink(key, 0);
        }
    }

    /// <summary>The keys that were kept, in order; nothing can be added after.</summary>
    public readonly Span<ulong> GetSorted()
    {
        var kept = heap[..count];
        kept.Sort();
        return kept;
    }

    // The largest key stands first, so that it is the one to go.
    private readonly void Sink(ulong key, int index)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= count)
            {
                break;
            }

            child += child + 1 < count && heap[child + 1] > heap[child] ? 1 : 0;
            if (heap[child] <= key)
            {
                break;
            }

            heap[index] = heap[child];
            index = child;
        }

        heap[index] = key;
    }
}
