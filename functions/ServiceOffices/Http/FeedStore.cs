using System.Collections.Concurrent;
using ServiceOffices.Feeds;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Http;

/// <summary>The newest publication's feeds, each made once for its many readers. Safe for concurrent use.</summary>
internal sealed class FeedStore
{
    // A feed takes up to some hundred kB, so this bounds the memory; any further feed is made anew for each request.
    private const int MostFeeds = 64;

    private volatile Shelf? shelf;

    /// <summary>The reply of this key, made of the publication where it is not at hand.</summary>
    public Reply Get(Publication publication, Key key, Func<Reply> make)
    {
        var current = shelf;
        if (current is null || !ReferenceEquals(current.Publication, publication))
        {
            // Two requests may race here: either shelf is right, and the other's work is done again at most once.
            shelf = current = new Shelf(publication);
        }

        var isHit = current.Replies.TryGetValue(key, out var known);
        Measures.Lookup("feeds", isHit);
        if (isHit)
        {
            return known!;
        }

        var made = make();
        return current.Replies.Count < MostFeeds ? current.Replies.GetOrAdd(key, made) : made;
    }

    /// <summary>Everything besides the publication that a feed's bytes follow from.</summary>
    internal sealed record Key(string Document, int? Page, FeedFilter Filter, Language Language, string Address);

    private sealed class Shelf(Publication publication)
    {
        public Publication Publication { get; } = publication;

        public ConcurrentDictionary<Key, Reply> Replies { get; } = new();
    }
}
