namespace ODataEngine.Execution.Ordering;

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

/// <summary>The first in order of the items that are added. Twice as many are gathered before they are sorted and the later half goes.</summary>
/// <param name="k">At least one.</param>
/// <param name="maxItems">How many may be added; not below <paramref name="k"/>.</param>
/// <param name="comparison">How two items compare; those that are equal may come in any order.</param>
internal ref struct TopK<T>(int k, int maxItems, Comparison<T> comparison)
{
    private readonly Span<T> items = new T[Math.Min(2L * k, maxItems)];
    private int count;

    /// <summary>Whether as many are known as are wanted, so that an item must come before <see cref="Last"/> to be of use.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The last of those that were wanted when they were last sorted.</summary>
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

    /// <summary>As many as are wanted, in order; nothing can be added after.</summary>
    public readonly Span<T> GetSorted()
    {
        if (!IsFull || count > k)
        {
            items[..count].Sort(comparison);
        }

        return items[..k];
    }
}
