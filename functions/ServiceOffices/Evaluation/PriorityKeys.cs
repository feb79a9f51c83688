namespace ServiceOffices.Evaluation;

/// <summary>The smallest of the keys that are added, as many as there is room for.</summary>
/// <param name="room">At least one place.</param>
internal ref struct PriorityKeys(Span<ulong> room)
{
    private readonly Span<ulong> heap = room;
    private int count;

    public void Add(ulong key)
    {
        if (count < heap.Length)
        {
            heap[count++] = key;
            if (count == heap.Length)
            {
                for (var place = (count / 2) - 1; place >= 0; place--)
                {
                    Sink(heap[place], place);
                }
            }
        }
        else if (key < heap[0])
        {
            Sink(key, 0);
        }
    }

    /// <summary>The keys that were kept, in order; nothing can be added after.</summary>
    public readonly Span<ulong> Sorted()
    {
        var kept = heap[..count];
        kept.Sort();
        return kept;
    }

    // The largest key stands first, so that it is the one to go.
    private readonly void Sink(ulong key, int place)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= count)
            {
                break;
            }

            child += child + 1 < count && heap[child + 1] > heap[child] ? 1 : 0;
            if (heap[child] <= key)
            {
                break;
            }

            heap[place] = heap[child];
            place = child;
        }

        heap[place] = key;
    }
}
