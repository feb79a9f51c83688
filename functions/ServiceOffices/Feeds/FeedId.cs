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
    public static string OfChanges(Publication publication, FeedFilter filter) => "urn:uuid:" + Uuid(publication, "changes" + filter.Options);

    /// <summary>The entry of one change, the same in every feed, format and language.</summary>
    public static string Of(Publication publication, Change change) =>
        "urn:uuid:" + Uuid(publication, string.Create(CultureInfo.InvariantCulture, $"changes/{change.Sequence}"));

    private static Guid Uuid(Publication publication, string name)
    {
        var began = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return NameUuid.Of($"{began} {name}");
    }
}
