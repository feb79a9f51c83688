using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The newest publications as JSON, each with the hash that its manifest must have.</summary>
internal static class PublicationListing
{
    /// <summary>Publications listed at most; the entity set <c>publications</c> has them all.</summary>
    public const int MaxPublications = 100;

    /// <param name="baseUrl">Where clients reach this service, without a closing slash: links start with it.</param>
    public static byte[] WriteJson(Publication latest, string baseUrl)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("revision", latest.Revision);
            json.WriteString("all", baseUrl + "/odata/v1/publications");
            json.WriteStartArray("publications");
            // Each publication states the hash of the one before it; that of the last stands in the pointer to it.
            var sha256 = latest.ManifestSha256;
            foreach (var record in latest.Register.Publications.Reverse().Take(MaxPublications))
            {
                json.WriteStartObject();
                json.WriteNumber("revision", record.Revision);
                json.WriteString("at", record.At.UtcDateTime);
                json.WriteString("reason", record.Reason);
                json.WriteString("manifest", string.Create(CultureInfo.InvariantCulture, $"{baseUrl}/publications/{record.Revision}/{Manifest.FileName}"));
                json.WriteString("sha256", sha256);
                json.WriteEndObject();
                sha256 = record.PreviousManifestSha256;
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
