using System.Collections.Concurrent;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Telemetry;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Feeds;

/// <summary>The newest publication's feeds, each made once for its many readers. Safe for concurrent use.</summary>
internal sealed class FeedCache
{
    // A feed takes up to some hundred kB, so this bounds the memory; any further feed is made anew for each request.
    private const int MaxReplies = 64;

    private volatile CacheGeneration? generation;

    /// <summary>The reply of this key, made of the publication where it is not at hand.</summary>
    public Reply GetOrAdd(Publication publication, Key key, Func<Reply> create)
    {
        var current = generation;
        if (current is null || !ReferenceEquals(current.Publication, publication))
        {
            // Two requests may race here: either shelf is right, and the other's work is done again at most once.
            generation = current = new CacheGeneration(publication);
        }

        var isHit = current.Replies.TryGetValue(key, out var cached);
        Metrics.RecordCacheLookup("feeds", isHit);
        if (isHit)
        {
            return cached!;
        }

        var created = create();
        return current.Replies.Count < MaxReplies ? current.Replies.GetOrAdd(key, created) : created;
    }

    /// <summary>Everything besides the publication that a feed's bytes follow from.</summary>
    internal sealed record Key(string Document, int? Page, FeedFilter Filter, Language Language, string BaseUrl);

    private sealed class CacheGeneration(Publication publication)
    {
        public Publication Publication { get; } = publication;

        public ConcurrentDictionary<Key, Reply> Replies { get; } = new();
    }
}
