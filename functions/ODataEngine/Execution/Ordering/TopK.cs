namespace ODataEngine.Execution.Ordering;

/// <summary>Collects the smallest of the added keys, as many as the buffer holds.</summary>
/// <param name="buffer">Of length at least 1.</param>
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

    /// <summary>Gets the collected keys in order. After that, no key can be added.</summary>
    public readonly Span<ulong> GetSorted()
    {
        var keys = heap[..count];
        keys.Sort();
        return keys;
    }

    // The largest key is the root of the heap, the one that a smaller key replaces.
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

/// <summary>Collects the first of the added items in order. Twice as many are gathered before they are sorted and the second half is discarded.</summary>
/// <param name="k">The number of items to keep, at least 1.</param>
/// <param name="maxItems">The maximum number of added items, at least <paramref name="k"/>.</param>
/// <param name="comparison">Items that compare as equal are in no particular order.</param>
internal ref struct TopK<T>(int k, int maxItems, Comparison<T> comparison)
{
    private readonly Span<T> items = new T[Math.Min(2L * k, maxItems)];
    private int count;

    /// <summary>Gets whether k items are known, so that only an item before <see cref="Last"/> can be among the first.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Gets the last of the first k items when they were last sorted.</summary>
    public readonly T Last => items[k - 1];

    public void Add(T item)
    {
        if (IsFull && comparison(item, Last) > 0)
        {
            return;
        }

        items[count++] = item;
        if (count == items.Length)
        {
            items.Sort(comparison);
            count = k;
            IsFull = true;
        }
    }

    /// <summary>Gets the first k items in order. After that, no item can be added.</summary>
    public readonly Span<T> GetSorted()
    {
        if (!IsFull || count > k)
        {
            items[..count].Sort(comparison);
        }

        return items[..k];
    }
}
