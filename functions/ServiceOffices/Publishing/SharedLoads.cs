using System.Collections.Concurrent;

namespace ServiceOffices.Publishing;

/// <summary>Runs one load for each key at a time, whose result all callers share. Loads of different keys do not wait for each other.</summary>
internal sealed class SharedLoads<TKey, TValue>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> running = new();

    /// <param name="load">Not canceled by a caller, because others may wait for it.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public Task<TValue> RunAsync(TKey key, Func<Task<TValue>> load, CancellationToken cancellationToken) =>
        running.GetOrAdd(key, added => new Lazy<Task<TValue>>(() => LoadAsync(added, load))).Value.WaitAsync(cancellationToken);

    private async Task<TValue> LoadAsync(TKey key, Func<Task<TValue>> load)
    {
        try
        {
            return await load();
        }
        finally
        {
            running.TryRemove(key, out _);
        }
    }
}
