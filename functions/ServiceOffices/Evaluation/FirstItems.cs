namespace ServiceOffices.Evaluation;

/// <summary>The first in order of the items that are added. Twice as many are gathered before they are sorted and the later half goes.</summary>
/// <param name="wanted">At least one.</param>
/// <param name="most">How many may be added; not below <paramref name="wanted"/>.</param>
/// <param name="order">How two items compare; those that are equal may come in any order.</param>
internal ref struct FirstItems<T>(int wanted, int most, Comparison<T> order)
{
    private readonly Span<T> items = new T[Math.Min(2L * wanted, most)];
    private int kept;

    /// <summary>Whether as many are known as are wanted, so that an item must come before <see cref="Last"/> to be of use.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The last of those that were wanted when they were last sorted.</summary>
    public readonly T Last => items[wanted - 1];

    public void Add(T item)
    {
        if (IsFull && order(item, Last) > 0)
        {
            return;
        }

        items[kept++] = item;
        if (kept == items.Length)
        {
            items.Sort(order);
            kept = wanted;
            IsFull = true;
        }
    }

    /// <summary>As many as are wanted, in order; nothing can be added after.</summary>
    public readonly Span<T> Sorted()
    {
        if (!IsFull || kept > wanted)
        {
            items[..kept].Sort(order);
        }

        return items[..wanted];
    }
}
