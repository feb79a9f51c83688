using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// A few values, those that were asked for last. They are made one at a time: many who ask at once cost little more
/// than one, and no more memory.
/// </summary>
/// <param name="name">Of the cache, in metrics.</param>
/// <param name="capacity">Values kept at most.</param>
internal sealed class RecentlyUsedCache<TKey, TValue>(string name, int capacity) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly Lock listLock = new();
    private readonly List<(TKey Key, TValue Value)> mostRecentFirst = [];
    private readonly SemaphoreSlim creationLock = new(1);

    /// <summary>The value of a key: kept, or made now. Null is not kept.</summary>
    public async ValueTask<TValue?> GetOrCreateAsync(TKey key, Func<CancellationToken, Task<TValue?>> create, CancellationToken cancellationToken)
    {
        var cached = Find(key);
        Metrics.RecordCacheLookup(name, cached is not null);
        if (cached is not null)
        {
            return cached;
        }

        await creationLock.WaitAsync(cancellationToken);
        try
        {
            return Find(key) ?? (await create(cancellationToken) is { } created ? Add(key, created) : null);
        }
        finally
        {
            creationLock.Release();
        }
    }

    /// <summary>Keeps a value that is at hand; the one that was kept of this key goes.</summary>
    public TValue Add(TKey key, TValue value)
    {
        lock (listLock)
        {
            mostRecentFirst.RemoveAll(item => item.Key.Equals(key));
            mostRecentFirst.Insert(0, (key, value));
            if (mostRecentFirst.Count > capacity)
            {
                mostRecentFirst.RemoveAt(capacity);
            }
        }

        return value;
    }

    public void Dispose() => creationLock.Dispose();

    private TValue? Find(TKey key)
    {
        lock (listLock)
        {
            var index = mostRecentFirst.FindIndex(item => item.Key.Equals(key));
            if (index < 0)
            {
                return null;
            }

            var item = mostRecentFirst[index];
            mostRecentFirst.RemoveAt(index);
            mostRecentFirst.Insert(0, item);
            return item.Value;
        }
    }
}
