using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// A few values, those that were asked for last. They are made one at a time: many who ask at once cost little more
/// than one, and no more memory.
/// </summary>
/// <param name="name">Of the cache, in metrics.</param>
/// <param name="capacity">Values kept at most.</param>
internal sealed class RecentlyUsed<TKey, TValue>(string name, int capacity) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly Lock order = new();
    private readonly List<(TKey Key, TValue Value)> lastFirst = [];
    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>The value of a key: kept, or made now. Null is not kept.</summary>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<CancellationToken, Task<TValue?>> make, CancellationToken cancellationToken)
    {
        var known = Find(key);
        Measures.Lookup(name, known is not null);
        if (known is not null)
        {
            return known;
        }

        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return Find(key) ?? (await make(cancellationToken) is { } made ? Keep(key, made) : null);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Keeps a value that is at hand; the one that was kept of this key goes.</summary>
    public TValue Keep(TKey key, TValue value)
    {
        lock (order)
        {
            lastFirst.RemoveAll(item => item.Key.Equals(key));
            lastFirst.Insert(0, (key, value));
            if (lastFirst.Count > capacity)
            {
                lastFirst.RemoveAt(capacity);
            }
        }

        return value;
    }

    public void Dispose() => oneAtATime.Dispose();

    private TValue? Find(TKey key)
    {
        lock (order)
        {
            var place = lastFirst.FindIndex(item => item.Key.Equals(key));
            if (place < 0)
            {
                return null;
            }

            var item = lastFirst[place];
            lastFirst.RemoveAt(place);
            lastFirst.Insert(0, item);
            return item.Value;
        }
    }
}
