namespace ServiceOffices.Evaluation;

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
