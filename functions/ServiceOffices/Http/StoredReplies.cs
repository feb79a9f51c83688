using System.Collections.Concurrent;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Http;

/// <summary>
/// Replies that are sent again to the next who asks the same of the same revision, the ones asked for longest ago given up
/// first. <see cref="Measures"/> tells how often one was there.
/// </summary>
/// <param name="maxBytes">What they may take in all; 0: none is kept.</param>
public sealed class StoredReplies(long maxBytes)
{
    // What a reply takes besides its content, about.
    private const int Overhead = 1024;

    // Larger ones cost little more to make than to send, and would push out many.
    private const int MostBytes = 64 * 1024;

    private const string CacheName = "odata replies";

    private readonly ConcurrentDictionary<ReplyKey, Entry> entries = new();
    private readonly ConcurrentQueue<ReplyKey> oldest = new();
    private long bytes;

    /// <summary>Whether any reply is kept.</summary>
    public bool IsOn => maxBytes > 0;

    /// <summary>Bytes that the replies take now, about.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>The reply of this revision; null where none is kept.</summary>
    /// <param name="compressed">Whether its compressed forms are of use: they are made once, when a reply is asked for again.</param>
    internal Reply? Find(ReplyKey key, long revision, bool compressed)
    {
        if (entries.TryGetValue(key, out var entry) && entry.Revision == revision)
        {
            Measures.Lookup(CacheName, isHit: true);
            entry.WasUsed = true;
            if (compressed && entry.Compress() is > 0 and var more)
            {
                Count(more);
            }

            return entry.Reply;
        }

        Measures.Lookup(CacheName, isHit: false);
        return null;
    }

    /// <summary>Keeps a reply, if it is one that holds for all who ask the same.</summary>
    /// <param name="revision">The current revision when the reply was made.</param>
    internal void Keep(ReplyKey key, long revision, Reply reply)
    {
        if (reply.Status != 200 || reply.ETag is null || !reply.Body.InMemory || reply.Body.Length > MostBytes)
        {
            return;
        }

        var entry = new Entry(revision, reply, Overhead + key.Characters + reply.Body.Length);
        if (entries.TryGetValue(key, out var before) ? !entries.TryUpdate(key, entry, before) : !entries.TryAdd(key, entry))
        {
            return;
        }

        Count(entry.Bytes - (before?.Bytes ?? 0));
        if (before is null)
        {
            oldest.Enqueue(key);
        }

        while (Bytes > maxBytes && oldest.TryDequeue(out var old))
        {
            GiveUp(old);
        }
    }

    // One that was asked for since it stood here last stays for another round.
    private void GiveUp(ReplyKey key)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return;
        }

        if (entry.WasUsed)
        {
            entry.WasUsed = false;
            oldest.Enqueue(key);
        }
        else if (entries.TryRemove(key, out var removed))
        {
            Count(-removed.Bytes);
        }
    }

    private void Count(long change) => Interlocked.Add(ref bytes, change);

    private sealed class Entry(long revision, Reply reply, long bytes)
    {
        private readonly Lock compressing = new();

        public long Revision { get; } = revision;

        public Reply Reply { get; private set; } = reply;

        public long Bytes { get; private set; } = bytes;

        public bool WasUsed { get; set; }

        /// <summary>Adds the compressed forms, once.</summary>
        /// <returns>The bytes that they take.</returns>
        public long Compress()
        {
            if (!Reply.Encoded.IsEmpty || !Reply.HasCodings)
            {
                return 0;
            }

            lock (compressing)
            {
                if (!Reply.Encoded.IsEmpty)
                {
                    return 0;
                }

                Reply = Reply.CompressedBeforehand();
                var more = Reply.Encoded.Sum(form => form.Body.Length);
                Bytes += more;
                return more;
            }
        }
    }
}
