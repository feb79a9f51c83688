using Microsoft.AspNetCore.Http;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/downloads/</c>: all datasets in all formats. <c>/downloads/{file}</c> is the latest version,
/// <c>/downloads/{revision}/{file}</c> never changes; without a file, the files are listed.
/// </summary>
public sealed class DownloadsEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, PublicUrl publicUrl, DownloadsOptions? options = null)
{
    private const string RootPath = "/downloads";
    private const string HtmlType = "text/html";
    private const string JsonType = "application/json";

    // RFC 8288; the relation describedby is registered by POWDER. $metadata describes all columns of all files.
    private const string DescribedByLink = "</odata/v1/$metadata>; rel=\"describedby\"; type=\"application/xml\"";

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        return PathSegments.Split(request, RootPath) switch
        {
            [] => CreateListing(request, publication, await GetLatestManifestAsync(publication, cancellationToken), CachePolicy.Latest),
            [var first] when PathSegments.ParseNumber(first) is null =>
                await CreateFileReplyAsync(request, await GetLatestManifestAsync(publication, cancellationToken), first, CachePolicy.Latest, cancellationToken),
            [var first, .. var rest] when rest.Length <= 1 && PathSegments.ParseNumber(first) is { } revision =>
                await currentPublication.GetManifestAsync(revision, cancellationToken) is not { } manifest ? RevisionNotFound.CreateReply(revision, (await currentPublication.GetAsync(cancellationToken))!)
                : rest is [var file] ? await CreateFileReplyAsync(request, manifest, file, CachePolicy.Immutable, cancellationToken)
                : CreateListing(request, publication, manifest, CachePolicy.Immutable),
            _ => NotFound($"'{request.Path}' does not exist. Available: {RootPath}/, {RootPath}/{{file}}, {RootPath}/{{revision}}/{{file}}."),
        };
    }

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
            return NotFound($"Revision {manifest.Revision} has no file '{name}'. Available files: {names}.");
        }

        var format = ExportFormats.ForQueries.FirstOrDefault(format => format.HasTitles && file.Name == $"{file.Dataset}.{format.Name}");
        if (QueryOptionValidator.Validate(request, format is null ? [] : [RequestLanguage.QueryOptionName]) is { } problem)
        {
            return problem.ToReply();
        }

        if (request.Query[RequestLanguage.QueryOptionName] is [{ } language])
        {
            return CreateTitledReply(manifest, file, format!, language, cachePolicy);
        }

        var links = await GetLinksAsync(manifest, file, cancellationToken);
        if (options?.RedirectTo is { } root)
        {
            return CreateRedirect(request, manifest, file, root).WithHeader("Link", links);
        }

        var reply = new Reply
        {
            MediaType = file.MediaType,
            Body = ReplyBody.From(file.Bytes, (offset, length, cancellation) => currentPublication.Files.OpenAsync(file, offset, length, cancellation)),
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

    /// <summary>Redirects to the query that returns the same rows with titles in a language; stored files have names of columns.</summary>
    private static Reply CreateTitledReply(Manifest manifest, PublishedFile file, ExportFormat format, string language, string cachePolicy) =>
        new Reply { Status = StatusCodes.Status307TemporaryRedirect, CacheControl = cachePolicy }
            .WithHeader("Location", $"/odata/v1/{file.Dataset}?$format={format.Name}&lang={language}" + (cachePolicy == CachePolicy.Immutable ? FormattableString.Invariant($"&revision={manifest.Revision}") : ""));

    /// <summary>Gets links to descriptions of the file: the OData metadata and, for a CSV file, its CSV on the Web metadata.</summary>
    private async ValueTask<string[]> GetLinksAsync(Manifest manifest, PublishedFile file, CancellationToken cancellationToken) =>
        await FindDescribedFileAsync(manifest, file.Name, cancellationToken) is null
            ? [DescribedByLink]
            // Model for Tabular Data, 5.2: the URL is relative to the file.
            : [DescribedByLink, $"<{file.Name}{CsvwMetadata.Suffix}>; rel=\"describedby\"; type=\"{CsvwMetadata.MediaType}\""];

    /// <summary>
    /// Redirects to the stored file in the preferred coding; each coding is a file of its own. The target depends on the
    /// client and the settings, so the redirect itself is not immutable.
    /// </summary>
    private static Reply CreateRedirect(HttpRequest request, Manifest manifest, PublishedFile file, string root)
    {
        // Ranges refer to the file without content coding.
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

    // Only the current columns are known; they do not describe a revision with another contract.
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

        // The file is immutable, its description is not.
        return Reply.CreateDocument(CsvwMetadata.MediaType, metadata).WithRevision(manifest.Revision, manifest.At);
    }

    // Only the coding that is sent is read, and nothing if the reply has no content or a range of the file itself. It is
    // read whole, because Repr-Digest is computed from it (RFC 9530, 3).
    private async ValueTask<Reply> WithNegotiatedCodingAsync(
        HttpRequest request, Reply reply, PublishedFile file, CancellationToken cancellationToken)
    {
        if (Preconditions.Evaluate(request.Headers, reply) is not { Status: StatusCodes.Status200OK })
        {
            return reply;
        }

        var negotiated = reply.NegotiateCoding(request.Headers);
        var isRange = HttpMethods.IsGet(request.Method) && !ReferenceEquals(ByteRange.Apply(request.Headers, reply), reply);
        if (negotiated == ContentCoding.Identity || isRange)
        {
            return HttpMethods.IsGet(request.Method) ? await WithVerifiedContentAsync(reply, file, cancellationToken) : reply;
        }

        if (await currentPublication.Files.ReadAsync(file, negotiated.Name, cancellationToken) is not { } bytes)
        {
            // The coding is lost, the file itself is not.
            return await WithVerifiedContentAsync(reply with { EncodedBodies = [] }, file, cancellationToken);
        }

        return reply with { EncodedBodies = [.. reply.EncodedBodies.Select(encoded => encoded.Coding == negotiated ? (negotiated, ReplyBody.From(bytes)) : encoded)] };
    }

    // Before the headers are sent, so that a lost file is an error response and not an aborted one.
    private async ValueTask<Reply> WithVerifiedContentAsync(Reply reply, PublishedFile file, CancellationToken cancellationToken) =>
        file.Bytes > 0 && await currentPublication.Files.VerifyAsync(file, cancellationToken) is { } content ? reply with { Body = ReplyBody.From(content) } : reply;

    private Reply CreateListing(HttpRequest request, Publication publication, Manifest manifest, string cachePolicy)
    {
        if (QueryOptionValidator.Validate(request, RequestLanguage.QueryOptionName) is { } problem)
        {
            return problem.ToReply();
        }

        var language = Language.FromRequest(request);
        string[] vary = ["Accept", "Accept-Language"];
        var isHtml = MediaTypeNegotiator.Select(request.Headers.Accept, JsonType, HtmlType) == HtmlType;

        // The list of an old revision is immutable, the layout of its page is not.
        var reply = isHtml
            ? PageReply.Create(DownloadListing.WriteHtml(manifest, publication, request.Path.Value ?? RootPath, language), language, vary)
            : Reply.CreateDocument(JsonType, DownloadListing.WriteJson(manifest, publication, publicUrl.GetBaseUrl(request)), vary) with { CacheControl = cachePolicy };
        return reply.WithRevision(manifest.Revision, manifest.At).WithHeader("Link", DescribedByLink);
    }

    private static Reply NotFound(string detail) => HttpProblem.NotFound(detail).ToReply();
}

/// <summary>Options of downloads.</summary>
/// <param name="RedirectTo">
/// URL of the files of publications outside of this service, without a closing slash: the blob container or a CDN in front
/// of it. Null: this service sends the files.
/// </param>
public sealed record DownloadsOptions(string? RedirectTo);
