using ServiceOffices.Publishing;

namespace ServiceOffices.Feeds;

/// <summary>
/// A page of a history of changes. Pages of the archive are numbered from 1 at the beginning of time and hold exactly
/// <see cref="PageSize"/> changes each: once complete, a page never changes. The current page has everything from the start of
/// the last complete page on (<see cref="PageSize"/> to twice that less one), and so meets the archive without gap or overlap.
/// </summary>
/// <param name="Changes">Newest first.</param>
/// <param name="Number">The page's number in the archive; null for the current page.</param>
/// <param name="Previous">The number of the page with the changes just before; null where there are none.</param>
public sealed record FeedPage(IReadOnlyList<Change> Changes, int? Number, int? Previous)
{
    /// <summary>The changes of a page of the archive.</summary>
    public const int PageSize = 50;

    /// <summary>The page that readers poll.</summary>
    /// <param name="history">Ordered by sequence.</param>
    public static FeedPage GetCurrent(IReadOnlyList<Change> history)
    {
        var before = Math.Max(CountComplete(history) - 1, 0);
        return new(TakeNewestFirst(history, before * PageSize, history.Count), null, before == 0 ? null : before);
    }

    /// <summary>A complete page of the archive; null where there is none of this number, or none yet.</summary>
    /// <param name="history">Ordered by sequence.</param>
    public static FeedPage? GetArchived(IReadOnlyList<Change> history, int number) =>
        number < 1 || number > CountComplete(history)
            ? null
            : new(TakeNewestFirst(history, (number - 1) * PageSize, number * PageSize), number, number == 1 ? null : number - 1);

    /// <summary>How many pages the archive has.</summary>
    public static int CountComplete(IReadOnlyList<Change> history) => history.Count / PageSize;

    private static Change[] TakeNewestFirst(IReadOnlyList<Change> history, int from, int to)
    {
        var page = new Change[to - from];
        for (var i = 0; i < page.Length; i++)
        {
            page[i] = history[to - 1 - i];
        }

        return page;
    }
}
