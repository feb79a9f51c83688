using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Publishing;
using ServiceOffices.Register;

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

    /// <summary>An event of an office's life in calendars: a plain UUID (RFC 7986, 5.3), the same whatever else of the event is edited.</summary>
    public static string OfEvent(Publication publication, LifecycleEvent happened) =>
        Uuid(publication, string.Create(CultureInfo.InvariantCulture, $"events/{happened.OfficeId}/{happened.Number}")).ToString();

    private static Guid Uuid(Publication publication, string name)
    {
        var began = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"service-offices {began} {name}")).AsSpan(0, 16);

        // RFC 9562, 5.8: version 8 is for names made by a hash of one's own choice.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
