using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>
/// <c>/publications/</c>: the newest publications with the hashes of their manifests; <c>/publications/{revision}/manifest.json</c>:
/// the manifest as it was written, the same bytes for ever. Each manifest holds the hash of the one before it.
/// </summary>
public sealed class PublicationsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address)
{
    private const string Root = "/publications";
    private const string JsonType = "application/json";

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        if (QueryOptions.Problem(request) is { } problem)
        {
            return problem.ToReply();
        }

        return (request.Path.Value ?? "")[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [] => List(request, publication),
            [var number, Manifest.FileName] when Revision(number) is { } revision => await ManifestAsync(publication, revision, cancellationToken),
            _ => NotFound($"There is nothing at '{request.Path}'; there are {Root}/ and {Root}/{{revision}}/{Manifest.FileName}."),
        };
    }

    // One way to write a number: every manifest has one address for ever.
    private static long? Revision(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && segment[0] != '0' ? revision : null;

    private Reply List(HttpRequest request, Publication publication)
    {
        var list = PublicationListing.Json(publication, address.Of(request));
        return new Reply
        {
            MediaType = JsonType,
            Body = Payload.Of(list),
            Compress = true,
            ETag = ContentTag.Of(list),
            CacheControl = CachePolicy.Latest,
        }.OfRevision(publication.Revision, publication.At);
    }

    private async ValueTask<Reply> ManifestAsync(Publication publication, long revision, CancellationToken cancellationToken)
    {
        if (revision > publication.Revision)
        {
            return NotFound($"There is no revision {revision}; there are 1 to {publication.Revision}.");
        }

        var manifest = await current.ReadManifestAsync(revision, cancellationToken)
            ?? throw new StorageUnavailableException($"The manifest of revision {revision} is missing.", new FileNotFoundException(null, Manifest.FileName));
        return new Reply
        {
            MediaType = JsonType,
            Body = Payload.Of(manifest),
            Compress = true,
            // Of the bytes that are sent, not of those that should be: this is what anyone checks.
            ETag = new EntityTag(Convert.ToHexStringLower(SHA256.HashData(manifest))),
            CacheControl = CachePolicy.Immutable,
        }.OfRevision(revision, publication.Register.Publications[(int)revision - 1].At);
    }

    private static Reply NotFound(string detail) => new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}
