using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Publishing;

namespace ServiceOffices.Feeds;

/// <summary>
/// The permanent names of feeds and entries (RFC 4287, 4.2.6). They follow from when the history began and from a
/// change's place in it, not from an address: moving the service to another domain shows no reader an old change again,
/// and another history never takes the names of this one.
/// </summary>
public static class FeedId
{
    /// <summary>The feed of every change.</summary>
    public static string OfChanges(Publication publication) => Urn(publication, "changes");

    /// <summary>The entry of one change, the same in every feed, format and language.</summary>
    public static string Of(Publication publication, Change change) =>
        Urn(publication, string.Create(CultureInfo.InvariantCulture, $"changes/{change.Sequence}"));

    private static string Urn(Publication publication, string name)
    {
        var began = publication.Register.Publications[0].At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"service-offices {began} {name}")).AsSpan(0, 16);

        // RFC 9562, 5.8: version 8 is for names made by a hash of one's own choice.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}
