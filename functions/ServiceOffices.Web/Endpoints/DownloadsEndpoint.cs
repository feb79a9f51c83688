using System.Globalization;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/downloads/</c>: every dataset in every format. <c>/downloads/{file}</c> is the latest, <c>/downloads/{revision}/{file}</c>
/// the same bytes for ever; without a file, a listing.
/// </summary>
public sealed class DownloadsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl, DownloadsOptions? options = null)
{
    private const string RootPath = "/downloads";
    private const string HtmlType = "text/html";
    private const string JsonType = "application/json";

    // RFC 8288; describedby is of POWDER, and $metadata describes every column of every file.
    private const string DescribedByLink = "</odata/v1/$metadata>; rel=\"describedby\"; type=\"application/xml\"";

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        return GetSegments(request.Path) switch
        {
            [] => CreateListing(request, publication, await GetLatestManifestAsync(publication, cancellationToken), CachePolicy.Latest),
            [var first] when ParseRevision(first) is null =>
                await CreateFileReplyAsync(request, await GetLatestManifestAsync(publication, cancellationToken), first, CachePolicy.Latest, cancellationToken),
            [var first, .. var rest] when rest.Length <= 1 && ParseRevision(first) is { } revision =>
                await currentPublication.GetManifestAsync(revision, cancellationToken) is not { } manifest ? NotFound(FormatUnknownRevision(publication, revision))
                : rest is [var file] ? await CreateFileReplyAsync(request, manifest, file, CachePolicy.Immutable, cancellationToken)
                : CreateListing(request, publication, manifest, CachePolicy.Immutable),
            _ => NotFound($"There is nothing at '{request.Path}'; there are {RootPath}/, {RootPath}/{{file}} and {RootPath}/{{revision}}/{{file}}."),
        };
    }

    private static string[] GetSegments(PathString path) =>
        (path.Value ?? "")[RootPath.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);

    // One way to write a number: every file has one address for ever.
    private static long? ParseRevision(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && segment[0] != '0' ? revision : null;

    private async ValueTask<Manifest> GetLatestManifestAsync(Publication publication, CancellationToken cancellationToken) =>
        (await currentPublication.GetManifestAsync(publication.Revision, cancellationToken))!;

    private async ValueTask<Reply> CreateFileReplyAsync(HttpRequest request, Manifest manifest, string name, string cachePolicy, CancellationToken cancellationToken)
    {
        if (name.EndsWith(CsvwMetadata.Suffix, StringComparison.Ordinal)
            && await FindDescribedFileAsync(manifest, name[..^CsvwMetadata.Suffix.Length], cancellationToken) is { } described)
        {
            return CreateCsvMetadataReply(request, manifest, described);
        }

        if (manifest.Files.FirstOrDefault(file => file.Name == name) is not { } file)
        {
            var names = string.Join(", ", manifest.Files.Select(file => file.Name));
            return NotFound($"There is no file '{name}' in revision {manifest.Revision}; there are: {names}.");
        }

        if (QueryOptionValidator.Validate(request) is { } problem)
        {
            return problem.ToReply();
        }

        var links = await GetLinksAsync(manifest, file, cancellationToken);
        if (options?.RedirectTo is { } root)
        {
            return CreateRedirect(request, manifest, file, root).WithHeader("Link", links);
        }

        var reply = new Reply
        {
            MediaType = file.MediaType,
            Body = ReplyBody.From(file.Bytes, (offset, length, cancellation) => currentPublication.OpenFileAsync(file, offset, length, cancellation)),
            EncodedBodies = [.. GetCodings(file).Select(coding => (coding, ReplyBody.Empty))],
            ETag = new EntityTag(file.Sha256),
            Sha256 = Convert.FromHexString(file.Sha256),
            CacheControl = cachePolicy,
            AcceptsRanges = true,
        }
            .WithRevision(manifest.Revision, manifest.At)
            .WithHeader("Link", links)
            .WithHeader("Content-Disposition", $"attachment; filename=\"{file.Name}\"");
        return await WithNegotiatedCodingAsync(request, reply, file, cancellationToken);
    }

    /// <summary>What describes the file: every column in the model's terms, a CSV file's also in those of CSV on the Web.</summary>
    private async ValueTask<string[]> GetLinksAsync(Manifest manifest, PublishedFile file, CancellationToken cancellationToken) =>
        await FindDescribedFileAsync(manifest, file.Name, cancellationToken) is null
            ? [DescribedByLink]
            // Tabular data model, 5.2: relative to the file.
            : [DescribedByLink, $"<{file.Name}{CsvwMetadata.Suffix}>; rel=\"describedby\"; type=\"{CsvwMetadata.MediaType}\""];

    /// <summary>
    /// To the bytes in the coding that the client likes best: each coding is a file of its own there. Which one it is may
    /// differ by client and, some day, by setting, so that only the target is kept for ever.
    /// </summary>
    private static Reply CreateRedirect(HttpRequest request, Manifest manifest, PublishedFile file, string root)
    {
        // Bytes of a range are bytes of the file itself.
        var coding = request.Headers.Range.Count > 0
            ? ContentCoding.Identity
            : ContentCoding.Negotiate(request.Headers.AcceptEncoding, GetCodings(file));
        return new Reply
        {
            Status = StatusCodes.Status307TemporaryRedirect,
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Encoding", "Range"],
        }
            .WithRevision(manifest.Revision, manifest.At)
            .WithHeader("Location", $"{root}/{file.Path}{FileCompression.GetPathSuffix(coding == ContentCoding.Identity ? null : coding.Name)}") with { LastModified = null };
    }

    private static ContentCoding[] GetCodings(PublishedFile file) =>
        [.. ContentCoding.Compressions.Where(coding => file.Encodings.Contains(coding.Name))];

    // Only today's columns are known: a revision that was published of others is not described by them.
    private async ValueTask<PublishedFile?> FindDescribedFileAsync(Manifest manifest, string name, CancellationToken cancellationToken)
    {
        var file = manifest.Files.FirstOrDefault(file => file.Name == name && name == $"{file.Dataset}.{CsvwMetadata.Extension}");
        return file is not null
            && await currentPublication.GetAsync(cancellationToken) is { } latest
            && (await currentPublication.GetManifestAsync(latest.Revision, cancellationToken))?.Contract == manifest.Contract
            ? file
            : null;
    }

    private static Reply CreateCsvMetadataReply(HttpRequest request, Manifest manifest, PublishedFile file)
    {
        if (QueryOptionValidator.Validate(request) is { } problem)
        {
            return problem.ToReply();
        }

        var metadata = CsvwMetadata.Write(RegisterModel.Model.Find(file.Dataset)!, file, manifest.At);
        return new Reply
        {
            MediaType = CsvwMetadata.MediaType,
            Body = ReplyBody.From(metadata),
            IsCompressible = true,
            ETag = ContentETag.Compute(metadata),
            // The file stays, but what is said of it may be said better some day.
            CacheControl = CachePolicy.Latest,
        }.WithRevision(manifest.Revision, manifest.At);
    }

    // Only the coding that is sent is read, and nothing if the reply has no content or a range of the file itself. It is
    // read whole, because Repr-Digest is computed from it (RFC 9530, 3).
    private async ValueTask<Reply> WithNegotiatedCodingAsync(
        HttpRequest request, Reply reply, PublishedFile file, CancellationToken cancellationToken)
    {
        var chosen = reply.NegotiateCoding(request.Headers);
        if (chosen == ContentCoding.Identity || Preconditions.Evaluate(request.Headers, reply) is not { Status: StatusCodes.Status200OK }
            || (HttpMethods.IsGet(request.Method) && !ReferenceEquals(ByteRange.Apply(request.Headers, reply), reply)))
        {
            return reply;
        }

        var bytes = await currentPublication.ReadFileAsync(file, chosen.Name, cancellationToken);
        return reply with { EncodedBodies = [.. reply.EncodedBodies.Select(encoded => encoded.Coding == chosen ? (chosen, ReplyBody.From(bytes)) : encoded)] };
    }

    private Reply CreateListing(HttpRequest request, Publication publication, Manifest manifest, string cachePolicy)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return problem.ToReply();
        }

        var language = Language.FromRequest(request);
        var isHtml = MediaTypeNegotiator.Select(request.Headers.Accept, JsonType, HtmlType) == HtmlType;
        var listing = isHtml
            ? DownloadListing.WriteHtml(manifest, publication, request.Path.Value ?? RootPath, language)
            : DownloadListing.WriteJson(manifest, publication, publicUrl.GetBaseUrl(request));
        var reply = new Reply
        {
            MediaType = isHtml ? HtmlType + "; charset=utf-8" : JsonType,
            Body = ReplyBody.From(listing),
            IsCompressible = true,
            ETag = ContentETag.Compute(listing),
            // The list stays, but its page may be written better some day.
            CacheControl = isHtml ? CachePolicy.Latest : cachePolicy,
            Vary = ["Accept", "Accept-Language"],
        }
            .WithRevision(manifest.Revision, manifest.At)
            .WithHeader("Link", DescribedByLink);
        return isHtml ? reply.WithHeader("Content-Language", language.Tag).WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy) : reply;
    }

    private static string FormatUnknownRevision(Publication publication, long revision) =>
        $"There is no revision {revision}; there are revisions 1 to {publication.Revision}.";

    private static Reply NotFound(string detail) =>
        new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}

/// <summary>How the bytes of downloads reach clients.</summary>
/// <param name="RedirectTo">
/// Where the publications' files can be fetched without this service, without a closing slash: the blob container, or a CDN
/// before it. Null: this service streams them.
/// </param>
public sealed record DownloadsOptions(string? RedirectTo);
