using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/publications/</c>: the newest publications with the hashes of their manifests; <c>/publications/{revision}/manifest.json</c>:
/// the manifest as it was written, the same bytes for ever. Each manifest holds the hash of the one before it.
/// </summary>
public sealed class PublicationsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl)
{
    private const string RootPath = "/publications";
    private const string JsonType = "application/json";

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        if (QueryOptionValidator.Validate(request) is { } problem)
        {
            return problem.ToReply();
        }

        return (request.Path.Value ?? "")[RootPath.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [] => CreateListReply(request, publication),
            [var number, Manifest.FileName] when ParseRevision(number) is { } revision => await CreateManifestReplyAsync(publication, revision, cancellationToken),
            _ => NotFound($"There is nothing at '{request.Path}'; there are {RootPath}/ and {RootPath}/{{revision}}/{Manifest.FileName}."),
        };
    }

    // One way to write a number: every manifest has one address for ever.
    private static long? ParseRevision(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && segment[0] != '0' ? revision : null;

    private Reply CreateListReply(HttpRequest request, Publication publication)
    {
        var list = PublicationListing.WriteJson(publication, publicUrl.GetBaseUrl(request));
        return new Reply
        {
            MediaType = JsonType,
            Body = ReplyBody.From(list),
            IsCompressible = true,
            ETag = ContentETag.Compute(list),
            CacheControl = CachePolicy.Latest,
        }.WithRevision(publication.Revision, publication.At);
    }

    private async ValueTask<Reply> CreateManifestReplyAsync(Publication publication, long revision, CancellationToken cancellationToken)
    {
        if (revision > publication.Revision)
        {
            return NotFound($"There is no revision {revision}; there are 1 to {publication.Revision}.");
        }

        var manifest = await currentPublication.ReadManifestBytesAsync(revision, cancellationToken)
            ?? throw new StorageUnavailableException($"The manifest of revision {revision} is missing.", new FileNotFoundException(null, Manifest.FileName));
        return new Reply
        {
            MediaType = JsonType,
            Body = ReplyBody.From(manifest),
            IsCompressible = true,
            // Of the bytes that are sent, not of those that should be: this is what anyone checks.
            ETag = new EntityTag(Convert.ToHexStringLower(SHA256.HashData(manifest))),
            CacheControl = CachePolicy.Immutable,
        }.WithRevision(revision, publication.Register.Publications[(int)revision - 1].At);
    }

    private static Reply NotFound(string detail) => new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}

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
