using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Reply of an endpoint, as a value: the whole representation. <see cref="RequestPipeline"/> applies conditions, ranges,
/// content coding and HEAD, and writes the result.
/// </summary>
public sealed record Reply
{
    /// <summary>Name of the header with the revision from which the reply was created.</summary>
    public const string RevisionHeader = "Publication-Revision";

    /// <summary>The status code of the whole representation. Preconditions and ranges apply to 200 only.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Value of Content-Type with parameters; null if there is no content.</summary>
    public string? MediaType { get; init; }

    /// <summary>The content without content coding.</summary>
    public ReplyBody Body { get; init; } = ReplyBody.Empty;

    /// <summary>The same content, precompressed in several codings. Their entity tags are derived from <see cref="ETag"/>.</summary>
    public ImmutableArray<(ContentCoding Coding, ReplyBody Body)> EncodedBodies { get; init; } = [];

    /// <summary>True to compress <see cref="Body"/> for clients that accept it, if it is in memory and large enough, or is generated while it is sent.</summary>
    public bool IsCompressible { get; init; }

    /// <summary>Entity tag of the content without content coding; null for none.</summary>
    public EntityTag? ETag { get; init; }

    /// <summary>SHA-256 of the content without content coding, 32 bytes; if set, Repr-Digest is sent (RFC 9530).</summary>
    public ReadOnlyMemory<byte>? Sha256 { get; init; }

    /// <summary>Time of the last change, sent with a precision of seconds; null if unknown.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>One of <see cref="CachePolicy"/>.</summary>
    public string CacheControl { get; init; } = CachePolicy.NoStore;

    /// <summary>True for files: requests for a single byte range are supported (RFC 9110, 14).</summary>
    public bool AcceptsRanges { get; init; }

    /// <summary>Request headers, besides Accept-Encoding, that selected this content (RFC 9110, 12.5.5).</summary>
    public ImmutableArray<string> Vary { get; init; } = [];

    /// <summary>Further headers, such as Link or Content-Disposition; a name may occur more than once.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Creates a public document that the next publication may change. Its entity tag is a hash of the content.</summary>
    /// <param name="vary">Request headers that selected this content.</param>
    public static Reply CreateDocument(string mediaType, ReadOnlyMemory<byte> content, params string[] vary) => new()
    {
        MediaType = mediaType,
        Body = ReplyBody.From(content),
        IsCompressible = true,
        ETag = ContentETag.Compute(content.Span),
        CacheControl = CachePolicy.Latest,
        Vary = [.. vary],
    };

    /// <summary>Creates a JSON object that must not be cached.</summary>
    internal static Reply CreateJson(Action<Utf8JsonWriter> writeMembers) =>
        new() { MediaType = "application/json", Body = ReplyBody.From(JsonObjectWriter.Write(writeMembers)) };

    /// <summary>
    /// Adds the headers of a reply that was created from one publication: its revision, so that clients can see whether
    /// several replies belong together, its time and the licence.
    /// </summary>
    /// <param name="revision">The revision, from 1.</param>
    /// <param name="at">Time of publication.</param>
    public Reply WithRevision(long revision, DateTimeOffset at) =>
        WithHeader(RevisionHeader, revision.ToString(CultureInfo.InvariantCulture)).WithHeader("Link", Licence.Link) with { LastModified = at };

    public Reply WithHeader(string name, string value) => this with { Headers = Headers.Add((name, value)) };

    /// <summary>Adds a header once for each value.</summary>
    internal Reply WithHeader(string name, IEnumerable<string> values) => this with { Headers = Headers.AddRange(values.Select(value => (name, value))) };

    /// <summary>Adds Retry-After (RFC 9110, 10.2.3).</summary>
    internal Reply WithRetryAfter(int seconds) => WithHeader("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Gets the error that this reply reports; null if it reports none.</summary>
    internal HttpProblem? Problem { get; init; }

    internal bool CanBeEncoded => !EncodedBodies.IsEmpty || (IsCompressible && (!Body.HasLength || (Body.IsInMemory && Body.Length >= ContentCoding.MinCompressBytes)));

    internal ContentCoding NegotiateCoding(IHeaderDictionary request)
    {
        if (!CanBeEncoded)
        {
            return ContentCoding.Identity;
        }

        return ContentCoding.Negotiate(
            request.AcceptEncoding,
            EncodedBodies.IsEmpty ? ContentCoding.Compressions : [.. EncodedBodies.Select(encoded => encoded.Coding)]);
    }

    /// <summary>Adds all compressed forms, for a reply that is sent repeatedly.</summary>
    internal Reply Precompress() =>
        this with { EncodedBodies = [.. ContentCoding.Compressions.Select(coding => (coding, coding.CompressFast(Body.Span)))] };

    internal Reply ApplyCoding(ContentCoding coding)
    {
        if (coding == ContentCoding.Identity)
        {
            return this;
        }

        var body = EncodedBodies.FirstOrDefault(encoded => encoded.Coding == coding).Body ?? (Body.HasLength ? coding.CompressFast(Body.Span) : Body.Encode(coding));
        return WithHeader("Content-Encoding", coding.Name) with { Body = body, ETag = ETag?.ForCoding(coding) };
    }
}

/// <summary>Cache-Control values.</summary>
public static class CachePolicy
{
    /// <summary>Content that the next publication may change: fresh for ten seconds, then served stale during revalidation (RFC 5861, 3).</summary>
    public const string Latest = "public, max-age=10, stale-while-revalidate=60";

    /// <summary>Content of one revision, which never changes (RFC 8246).</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Errors, probes and replies to editors.</summary>
    public const string NoStore = "no-store";
}
