using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using ODataEngine.Protocol;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Caches replies of the current revision, and evicts the least recently used ones first. <see cref="Metrics"/> counts hits and
/// misses.
/// </summary>
/// <param name="maxBytes">Maximum bytes of all cached replies; 0: no cache.</param>
public sealed class ReplyCache(long maxBytes)
{
    // Approximate size of a reply without its content.
    private const int EntryOverheadBytes = 1024;

    // Creating larger replies costs little compared to sending them, and they would evict many others.
    private const int MaxReplyBytes = 64 * 1024;

    // Longer URLs and headers are those of few requests that are repeated.
    private const int MaxKeyLength = 4096;

    private const string CacheName = "odata replies";

    private readonly ConcurrentDictionary<ReplyCacheKey, Entry> entries = new();
    private readonly ConcurrentQueue<ReplyCacheKey> evictionQueue = new();
    private long bytes;

    /// <summary>Gets whether replies are cached.</summary>
    public bool IsEnabled => maxBytes > 0;

    /// <summary>Gets the approximate size of all cached replies in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Gets the cached reply of this revision, or null.</summary>
    /// <param name="compressed">True if the client accepts compression; the compressed forms are created once, at the first hit.</param>
    internal Reply? TryGet(ReplyCacheKey key, long revision, bool compressed)
    {
        if (entries.TryGetValue(key, out var entry) && entry.Revision == revision)
        {
            Metrics.RecordCacheLookup(CacheName, isHit: true);
            entry.WasUsed = true;
            if (compressed && entry.EnsureCompressed() is > 0 and var addedBytes)
            {
                AddBytes(addedBytes);
            }

            return entry.Reply;
        }

        Metrics.RecordCacheLookup(CacheName, isHit: false);
        return null;
    }

    /// <summary>Adds a reply if it is cacheable and small.</summary>
    /// <param name="revision">The current revision when the reply was created.</param>
    internal void Add(ReplyCacheKey key, long revision, Reply reply)
    {
        if (key.Length > MaxKeyLength || reply.Status != 200 || reply.ETag is null || !reply.Body.IsInMemory || reply.Body.Length > MaxReplyBytes)
        {
            return;
        }

        var entry = new Entry(revision, reply, EntryOverheadBytes + (key.Length * (long)sizeof(char)) + reply.Body.Length);
        if (entries.TryGetValue(key, out var replaced) ? !entries.TryUpdate(key, entry, replaced) : !entries.TryAdd(key, entry))
        {
            return;
        }

        AddBytes(entry.Bytes - (replaced?.Bytes ?? 0));
        if (replaced is null)
        {
            evictionQueue.Enqueue(key);
        }

        while (Bytes > maxBytes && evictionQueue.TryDequeue(out var oldestKey))
        {
            Evict(oldestKey);
        }
    }

    // A reply that was used since it was last at the head of the queue is moved to the end of the queue.
    private void Evict(ReplyCacheKey key)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return;
        }

        if (entry.WasUsed)
        {
            entry.WasUsed = false;
            evictionQueue.Enqueue(key);
        }
        else if (entries.TryRemove(key, out var removed))
        {
            AddBytes(-removed.Bytes);
        }
    }

    private void AddBytes(long change) => Interlocked.Add(ref bytes, change);

    private sealed class Entry(long revision, Reply reply, long bytes)
    {
        private readonly Lock compressionLock = new();

        public long Revision { get; } = revision;

        public Reply Reply { get; private set; } = reply;

        public long Bytes { get; private set; } = bytes;

        public bool WasUsed { get; set; }

        /// <summary>Adds the compressed forms, once.</summary>
        /// <returns>The number of added bytes.</returns>
        public long EnsureCompressed()
        {
            if (!Reply.EncodedBodies.IsEmpty || !Reply.CanBeEncoded)
            {
                return 0;
            }

            lock (compressionLock)
            {
                if (!Reply.EncodedBodies.IsEmpty)
                {
                    return 0;
                }

                Reply = Reply.Precompress();
                var addedBytes = Reply.EncodedBodies.Sum(encoded => encoded.Body.Length);
                Bytes += addedBytes;
                return addedBytes;
            }
        }
    }
}

/// <summary>The parts of a GET request that its OData response depends on, besides the revision.</summary>
internal readonly record struct ReplyCacheKey(string ServiceRoot, string Path, string Query, SelectingHeaders Headers)
{
    /// <summary>The total length of the parts in characters.</summary>
    public int Length => ServiceRoot.Length + Path.Length + Query.Length + Headers.Length;

    public static ReplyCacheKey Create(HttpRequest request, string serviceRoot) => new(
        serviceRoot,
        request.Path.Value!,
        request.QueryString.Value ?? "",
        SelectingHeaders.Create(request.Headers, static (headers, name) => headers.TryGetValue(name, out var value) ? value.ToString() : null));
}
