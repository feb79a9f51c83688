using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Catalog;
using ServiceOffices.Portal;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>
/// <c>/downloads/</c>: every dataset in every format. <c>/downloads/{file}</c> is the latest, <c>/downloads/{revision}/{file}</c>
/// the same bytes for ever; without a file, a listing.
/// </summary>
public sealed class DownloadsEndpoint(Boundary boundary, CurrentPublication current, PublicAddress address, DownloadsOptions? options = null)
{
    private const string Root = "/downloads";
    private const string HtmlType = "text/html";
    private const string JsonType = "application/json";

    // RFC 8288; describedby is of POWDER, and $metadata describes every column of every file.
    private const string DescribedBy = "</odata/v1/$metadata>; rel=\"describedby\"; type=\"application/xml\"";

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        return Segments(request.Path) switch
        {
            [] => Listing(request, publication, await LatestAsync(publication, cancellationToken), CachePolicy.Latest),
            [var first] when Revision(first) is null =>
                await FileAsync(request, await LatestAsync(publication, cancellationToken), first, CachePolicy.Latest, cancellationToken),
            [var first, .. var rest] when rest.Length <= 1 && Revision(first) is { } revision =>
                await current.ManifestAsync(revision, cancellationToken) is not { } manifest ? NotFound(NoSuchRevision(publication, revision))
                : rest is [var file] ? await FileAsync(request, manifest, file, CachePolicy.Immutable, cancellationToken)
                : Listing(request, publication, manifest, CachePolicy.Immutable),
            _ => NotFound($"There is nothing at '{request.Path}'; there are {Root}/, {Root}/{{file}} and {Root}/{{revision}}/{{file}}."),
        };
    }

    private static string[] Segments(PathString path) =>
        (path.Value ?? "")[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);

    // One way to write a number: every file has one address for ever.
    private static long? Revision(string segment) =>
        long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && segment[0] != '0' ? revision : null;

    private async ValueTask<Manifest> LatestAsync(Publication publication, CancellationToken cancellationToken) =>
        (await current.ManifestAsync(publication.Revision, cancellationToken))!;

    private async ValueTask<Reply> FileAsync(HttpRequest request, Manifest manifest, string name, string cachePolicy, CancellationToken cancellationToken)
    {
        if (name.EndsWith(CsvMetadata.Suffix, StringComparison.Ordinal)
            && await DescribedAsync(manifest, name[..^CsvMetadata.Suffix.Length], cancellationToken) is { } described)
        {
            return CsvDescription(request, manifest, described);
        }

        if (manifest.Files.FirstOrDefault(file => file.Name == name) is not { } file)
        {
            var names = string.Join(", ", manifest.Files.Select(file => file.Name));
            return NotFound($"There is no file '{name}' in revision {manifest.Revision}; there are: {names}.");
        }

        if (QueryOptions.Problem(request) is { } problem)
        {
            return problem.ToReply();
        }

        var links = await LinksAsync(manifest, file, cancellationToken);
        if (options?.RedirectTo is { } root)
        {
            return Redirect(request, manifest, file, root).With("Link", links);
        }

        var reply = new Reply
        {
            MediaType = file.MediaType,
            Body = Payload.Of(file.Bytes, async cancel => new MemoryStream(await current.ReadFileAsync(file, null, cancel))),
            Encoded = [.. Offered(file).Select(coding => (coding, Payload.Empty))],
            ETag = new EntityTag(file.Sha256),
            Sha256 = Convert.FromHexString(file.Sha256),
            CacheControl = cachePolicy,
            AcceptsRanges = true,
        }
            .OfRevision(manifest.Revision, manifest.At)
            .With("Link", links)
            .With("Content-Disposition", $"attachment; filename=\"{file.Name}\"");
        return await WithChosenCodingAsync(request, reply, file, cancellationToken);
    }

    /// <summary>What describes the file: every column in the model's terms, a CSV file's also in those of CSV on the Web.</summary>
    private async ValueTask<string[]> LinksAsync(Manifest manifest, PublishedFile file, CancellationToken cancellationToken) =>
        await DescribedAsync(manifest, file.Name, cancellationToken) is null
            ? [DescribedBy]
            // Tabular data model, 5.2: relative to the file.
            : [DescribedBy, $"<{file.Name}{CsvMetadata.Suffix}>; rel=\"describedby\"; type=\"{CsvMetadata.MediaType}\""];

    /// <summary>
    /// To the bytes in the coding that the client likes best: each coding is a file of its own there. Which one it is may
    /// differ by client and, some day, by setting, so that only the target is kept for ever.
    /// </summary>
    private static Reply Redirect(HttpRequest request, Manifest manifest, PublishedFile file, string root)
    {
        // Bytes of a range are bytes of the file itself.
        var coding = request.Headers.Range.Count > 0
            ? ContentCoding.Identity
            : ContentCoding.Choose(request.Headers.AcceptEncoding, Offered(file));
        return new Reply
        {
            Status = StatusCodes.Status307TemporaryRedirect,
            CacheControl = CachePolicy.Latest,
            Vary = ["Accept-Encoding", "Range"],
        }
            .OfRevision(manifest.Revision, manifest.At)
            .With("Location", $"{root}/{file.Path}{Compression.Suffix(coding == ContentCoding.Identity ? null : coding.Name)}") with { LastModified = null };
    }

    private static ContentCoding[] Offered(PublishedFile file) =>
        [.. ContentCoding.Compressed.Where(coding => file.Encodings.Contains(coding.Name))];

    // Only today's columns are known: a revision that was published of others is not described by them.
    private async ValueTask<PublishedFile?> DescribedAsync(Manifest manifest, string name, CancellationToken cancellationToken)
    {
        var file = manifest.Files.FirstOrDefault(file => file.Name == name && name == $"{file.Dataset}.{CsvMetadata.Extension}");
        return file is not null
            && await current.GetAsync(cancellationToken) is { } latest
            && (await current.ManifestAsync(latest.Revision, cancellationToken))?.Contract == manifest.Contract
            ? file
            : null;
    }

    private static Reply CsvDescription(HttpRequest request, Manifest manifest, PublishedFile file)
    {
        if (QueryOptions.Problem(request) is { } problem)
        {
            return problem.ToReply();
        }

        var metadata = CsvMetadata.Write(RegisterModel.Model.Find(file.Dataset)!, file, manifest.At);
        return new Reply
        {
            MediaType = CsvMetadata.MediaType,
            Body = Payload.Of(metadata),
            Compress = true,
            ETag = ContentTag.Of(metadata),
            // The file stays, but what is said of it may be said better some day.
            CacheControl = CachePolicy.Latest,
        }.OfRevision(manifest.Revision, manifest.At);
    }

    // Only the coding that will be sent is read, and nothing at all where a condition spares the sending.
    private async ValueTask<Reply> WithChosenCodingAsync(
        HttpRequest request, Reply reply, PublishedFile file, CancellationToken cancellationToken)
    {
        var chosen = reply.CodingFor(request.Headers);
        if (chosen == ContentCoding.Identity || Preconditions.Apply(request.Headers, reply) is not { Status: StatusCodes.Status200OK })
        {
            return reply;
        }

        var bytes = await current.ReadFileAsync(file, chosen.Name, cancellationToken);
        return reply with { Encoded = [.. reply.Encoded.Select(form => form.Coding == chosen ? (chosen, Payload.Of(bytes)) : form)] };
    }

    private Reply Listing(HttpRequest request, Publication publication, Manifest manifest, string cachePolicy)
    {
        if (QueryOptions.Problem(request, RequestLanguage.QueryName) is { } problem)
        {
            return problem.ToReply();
        }

        var language = Language.Of(request);
        var isHtml = MediaChoice.Of(request.Headers.Accept, JsonType, HtmlType) == HtmlType;
        var listing = isHtml
            ? DownloadListing.Html(manifest, publication, request.Path.Value ?? Root, language)
            : DownloadListing.Json(manifest, publication, address.Of(request));
        var reply = new Reply
        {
            MediaType = isHtml ? HtmlType + "; charset=utf-8" : JsonType,
            Body = Payload.Of(listing),
            Compress = true,
            ETag = ContentTag.Of(listing),
            // The list stays, but its page may be written better some day.
            CacheControl = isHtml ? CachePolicy.Latest : cachePolicy,
            Vary = ["Accept", "Accept-Language"],
        }
            .OfRevision(manifest.Revision, manifest.At)
            .With("Link", DescribedBy);
        return isHtml ? reply.With("Content-Language", language.Tag).With("Content-Security-Policy", PortalSite.ContentSecurityPolicy) : reply;
    }

    private static string NoSuchRevision(Publication publication, long revision) =>
        $"There is no revision {revision}; there are revisions 1 to {publication.Revision}.";

    private static Reply NotFound(string detail) =>
        new HttpProblem(StatusCodes.Status404NotFound, detail).ToReply();
}
