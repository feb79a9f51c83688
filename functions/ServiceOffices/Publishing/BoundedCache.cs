using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// A cache of limited size. If it is full, it evicts the oldest entries, except those that were read since they were added or
/// last skipped (the second-chance algorithm). A lookup allocates nothing and takes no lock. Safe for concurrent use.
/// </summary>
/// <param name="name">The cache's name in <see cref="Metrics"/>.</param>
/// <param name="maxSize">The maximum sum of the entries' sizes, in the unit of the caller: entries or bytes.</param>
/// <remarks>docs/decisions/caches.md compares it with MemoryCache and BitFaster.Caching.</remarks>
public sealed class BoundedCache<TKey, TValue>(string name, long maxSize) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly ConcurrentQueue<TKey> evictionQueue = new();
    private readonly SemaphoreSlim creationLock = new(1);
    private long size;

    /// <summary>The sum of the entries' sizes.</summary>
    public long Size => Interlocked.Read(ref size);

    /// <summary>Finds a value and counts the lookup in <see cref="Metrics"/>.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        var isHit = TryFind(key, out value);
        Metrics.RecordCacheLookup(name, isHit);
        return isHit;
    }

    /// <summary>
    /// Gets the value of a key, or creates it. Values are created one at a time, so that many concurrent requests need no more
    /// memory than one. Null is not cached.
    /// </summary>
    public ValueTask<TValue?> GetOrCreateAsync(TKey key, Func<CancellationToken, Task<TValue?>> create, CancellationToken cancellationToken) =>
        TryGet(key, out var cached) ? new(cached) : new(CreateAsync(key, create, cancellationToken));

    /// <summary>Adds a value or replaces the one of the same key.</summary>
    /// <param name="entrySize">A size above the maximum is not cached.</param>
    public void Add(TKey key, TValue value, long entrySize = 1)
    {
        if (entrySize > maxSize)
        {
            return;
        }

        var entry = new Entry(value, entrySize);
        if (entries.TryGetValue(key, out var replaced))
        {
            if (entries.TryUpdate(key, entry, replaced))
            {
                Interlocked.Add(ref size, entrySize - replaced.Size);
                Evict(0);
            }

            return;
        }

        // Before the entry is queued: otherwise it would be evicted first if all others were read.
        Evict(entrySize);
        if (entries.TryAdd(key, entry))
        {
            Interlocked.Add(ref size, entrySize);
            evictionQueue.Enqueue(key);
        }
    }

    public void Dispose() => creationLock.Dispose();

    private bool TryFind(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (entries.TryGetValue(key, out var entry))
        {
            entry.WasRead = true;
            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    private async Task<TValue?> CreateAsync(TKey key, Func<CancellationToken, Task<TValue?>> create, CancellationToken cancellationToken)
    {
        await creationLock.WaitAsync(cancellationToken);
        try
        {
            if (TryFind(key, out var other))
            {
                return other;
            }

            var created = await create(cancellationToken);
            if (created is not null)
            {
                Add(key, created);
            }

            return created;
        }
        finally
        {
            creationLock.Release();
        }
    }

    private void Evict(long neededSize)
    {
        while (Size + neededSize > maxSize && evictionQueue.TryDequeue(out var key))
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                continue;
            }

            if (entry.WasRead)
            {
                entry.WasRead = false;
                evictionQueue.Enqueue(key);
            }
            else if (entries.TryRemove(key, out var removed))
            {
                Interlocked.Add(ref size, -removed.Size);
            }
        }
    }

    private sealed class Entry(TValue value, long size)
    {
        public TValue Value { get; } = value;

        public long Size { get; } = size;

        public bool WasRead { get; set; }
    }
}
