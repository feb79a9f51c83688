using System.Globalization;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Feeds;

/// <summary>
/// The permanent names of feeds and entries (RFC 4287, 4.2.6). They follow from when the history began and from a
/// change's place in it, not from an address: moving the service to another domain shows no reader an old change again,
/// and another history never takes the names of this one.
/// </summary>
public static class FeedId
{
    /// <summary>The feed of the changes that the filter lets through.</summary>
    public static string ForFeed(Publication publication, FeedFilter filter) => "urn:uuid:" + CreateUuid(publication, "changes" + filter.QueryString);

    /// <summary>The entry of one change, the same in every feed, format and language.</summary>
    public static string ForChange(Publication publication, Change change) =>
        "urn:uuid:" + CreateUuid(publication, string.Create(CultureInfo.InvariantCulture, $"changes/{change.Sequence}"));

    private static Guid CreateUuid(Publication publication, string name)
    {
        var firstPublishedAt = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return NameBasedUuid.Create($"{firstPublishedAt} {name}");
    }
}
