using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/publications/</c>: the newest publications with the hashes of their manifests; <c>/publications/{revision}/manifest.json</c>:
/// the stored bytes of a manifest, which never change. Each manifest contains the hash of the one before it.
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

        return PathSegments.Split(request, RootPath) switch
        {
            [] => CreateListReply(request, publication),
            [var number, Manifest.FileName] when PathSegments.ParseNumber(number) is { } revision => await CreateManifestReplyAsync(revision, cancellationToken),
            _ => NotFound($"'{request.Path}' does not exist. Available: {RootPath}/, {RootPath}/{{revision}}/{Manifest.FileName}."),
        };
    }

    private Reply CreateListReply(HttpRequest request, Publication publication)
    {
        var list = PublicationListing.WriteJson(publication, publicUrl.GetBaseUrl(request));
        return Reply.CreateDocument(JsonType, list).WithRevision(publication.Revision, publication.At);
    }

    private async ValueTask<Reply> CreateManifestReplyAsync(long revision, CancellationToken cancellationToken)
    {
        var publication = (await currentPublication.GetAtLeastAsync(revision, cancellationToken))!;
        if (publication.Register.FindPublication(revision) is not { } record)
        {
            return RevisionNotFound.CreateReply(revision, publication);
        }

        var manifest = await currentPublication.ReadManifestBytesAsync(revision, cancellationToken)
            ?? throw new StorageUnavailableException($"The manifest of revision {revision} is missing.", new FileNotFoundException(null, Manifest.FileName));
        return Reply.CreateDocument(JsonType, manifest).WithRevision(revision, record.At) with
        {
            // The whole hash, so that clients can compare it with the one in the next manifest.
            ETag = new EntityTag(Convert.ToHexStringLower(SHA256.HashData(manifest))),
            CacheControl = CachePolicy.Immutable,
        };
    }

    private static Reply NotFound(string detail) => HttpProblem.NotFound(detail).ToReply();
}

/// <summary>Writes the newest publications as JSON, each with the expected hash of its manifest.</summary>
internal static class PublicationListing
{
    /// <summary>Maximum number of listed publications; the entity set <c>publications</c> contains all.</summary>
    public const int MaxPublications = 100;

    /// <param name="baseUrl">Base URL of links, without a closing slash.</param>
    public static ReadOnlyMemory<byte> WriteJson(Publication latest, string baseUrl) => JsonObjectWriter.Write(
        json =>
        {
            json.WriteNumber("revision", latest.Revision);
            json.WriteString("all", baseUrl + "/odata/v1/publications");
            json.WriteStartArray("publications");

            // Each publication contains the hash of the manifest before it; that of the latest is in the pointer to it.
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
        },
        JsonValueWriter.WriterOptions);
}
