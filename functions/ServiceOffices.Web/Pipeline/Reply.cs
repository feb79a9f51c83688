using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// What an endpoint answers, as a value. <see cref="RequestPipeline"/> makes it conditional, partial, compressed and bodiless
/// (HEAD) as the request asks, and writes it; an endpoint states only what the whole representation is.
/// </summary>
public sealed record Reply
{
    /// <summary>Says which revision of the register an answer was made of.</summary>
    public const string RevisionHeader = "Publication-Revision";

    /// <summary>The status code of the whole representation. Preconditions and ranges apply to 200 only.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The Content-Type field's value, parameters included; null where there is no content.</summary>
    public string? MediaType { get; init; }

    /// <summary>The content, in no coding.</summary>
    public ReplyBody Body { get; init; } = ReplyBody.Empty;

    /// <summary>The same content compressed beforehand, by coding; these need <see cref="Body"/>'s tag only.</summary>
    public ImmutableArray<(ContentCoding Coding, ReplyBody Body)> EncodedBodies { get; init; } = [];

    /// <summary>True to compress <see cref="Body"/> for clients that accept it, where it is in memory and large enough to gain, or made while it is sent.</summary>
    public bool IsCompressible { get; init; }

    /// <summary>The tag of the content in no coding; null where nothing names its version.</summary>
    public EntityTag? ETag { get; init; }

    /// <summary>The SHA-256 of the content in no coding, 32 bytes; where it is stated, clients are told that of what they are sent (RFC 9530).</summary>
    public ReadOnlyMemory<byte>? Sha256 { get; init; }

    /// <summary>When the content last changed; sent with a precision of seconds. Null where unknown.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>One of <see cref="CachePolicy"/>.</summary>
    public string CacheControl { get; init; } = CachePolicy.NoStore;

    /// <summary>True for files: a single byte range may be asked for (RFC 9110, 14).</summary>
    public bool AcceptsRanges { get; init; }

    /// <summary>Request fields, besides Accept-Encoding, that chose this content (RFC 9110, 12.5.5).</summary>
    public ImmutableArray<string> Vary { get; init; } = [];

    /// <summary>Further fields, such as Link or Content-Disposition; a name may come more than once.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>
    /// This reply as made of one publication: which revision it is (a field of ours, so that a client of several requests
    /// can see that they belong together), since when, and under which licence.
    /// </summary>
    /// <param name="revision">1 and up.</param>
    /// <param name="at">When the revision was published.</param>
    public Reply WithRevision(long revision, DateTimeOffset at) =>
        WithHeader(RevisionHeader, revision.ToString(CultureInfo.InvariantCulture)).WithHeader("Link", Licence.Link) with { LastModified = at };

    /// <summary>This reply with one more field.</summary>
    public Reply WithHeader(string name, string value) => this with { Headers = Headers.Add((name, value)) };

    /// <summary>This reply with a field once more for each value.</summary>
    internal Reply WithHeader(string name, IEnumerable<string> values) => this with { Headers = Headers.AddRange(values.Select(value => (name, value))) };

    /// <summary>The error that this reply tells; null where it tells none.</summary>
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

    /// <summary>This reply with its content compressed for all who ask for it later.</summary>
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

/// <summary>The Cache-Control values that this service answers with.</summary>
public static class CachePolicy
{
    /// <summary>For what the next publication may change: fresh for ten seconds, then shown while it is revalidated (RFC 5861, 3).</summary>
    public const string Latest = "public, max-age=10, stale-while-revalidate=60";

    /// <summary>For what belongs to one revision and never changes (RFC 8246).</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>For errors, probes and answers to editors.</summary>
    public const string NoStore = "no-store";
}

/// <summary>The licence of everything that is published here: CC0 1.0, no rights reserved.</summary>
public static class Licence
{
    public const string Name = "CC0 1.0";

    public const string Url = "https://creativecommons.org/publicdomain/zero/1.0/";

    /// <summary>The licence as a Link field (RFC 8288; the relation is RFC 4946's).</summary>
    public const string Link = $"<{Url}>; rel=\"license\"";
}
