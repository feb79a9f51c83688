using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ODataEngine.Protocol;

/// <summary>A request from any host or batch.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">Relative to the service root, without a leading slash, percent-decoded except for <c>%2F</c>.</param>
/// <param name="Query">The part of the URL after <c>?</c>, as sent.</param>
/// <param name="GetHeader">Gets the value of a request header by its name in any case, several values joined by commas; null if the header is absent.</param>
/// <param name="ServiceRoot">Absolute, with a trailing slash.</param>
public sealed record ODataRequest(string Method, string Path, string Query, Func<string, string?> GetHeader, Uri ServiceRoot)
{
    /// <summary>The content of a POST.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>
/// The request headers that the response to a read depends on in addition to its URL and the revision. Together they are the key
/// under which a host can store the response. Null if a header is absent.
/// </summary>
/// <param name="Accept">Selects the format.</param>
/// <param name="MaxVersion"><c>OData-MaxVersion</c>: selects the version of the payload.</param>
/// <param name="Prefer">Selects the page size, the omission of nulls and the delta link.</param>
/// <param name="Version"><c>OData-Version</c>: an unknown version is an error.</param>
/// <param name="Isolation"><c>Isolation</c> or <c>OData-Isolation</c>: not supported, so that its presence is an error.</param>
public readonly record struct SelectingHeaders(string? Accept, string? MaxVersion, string? Prefer, string? Version, string? Isolation)
{
    /// <summary>The names of the headers that select one of several representations (RFC 9110, 12.5.5); the others only lead to errors, which are not cached.</summary>
    public static ImmutableArray<string> Vary { get; } = ["Accept", "OData-MaxVersion", "Prefer"];

    /// <summary>The total length of the values in characters.</summary>
    public int Length => (Accept?.Length ?? 0) + (MaxVersion?.Length ?? 0) + (Prefer?.Length ?? 0) + (Version?.Length ?? 0) + (Isolation?.Length ?? 0);

    /// <summary>Reads the headers of a request.</summary>
    /// <param name="request">The request or its headers, passed to <paramref name="getHeader"/> so that it needs no closure.</param>
    /// <param name="getHeader">Gets a header by its name; null if it is absent.</param>
    public static SelectingHeaders Create<TRequest>(TRequest request, Func<TRequest, string, string?> getHeader) => new(
        getHeader(request, "Accept"),
        getHeader(request, "OData-MaxVersion"),
        getHeader(request, "Prefer"),
        getHeader(request, "OData-Version"),
        getHeader(request, "Isolation") ?? getHeader(request, "OData-Isolation"));
}

/// <summary>A response for a host to send, or for a batch to contain.</summary>
public sealed record ODataResponse
{
    public required int Status { get; init; }

    /// <summary>Null if there is no content.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content, in several segments if it is large.</summary>
    public ReadOnlySequence<byte> Content { get; init; }

    /// <summary>The content in one piece.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => Content.IsSingleSegment ? Content.First : Content.ToArray();
        init => Content = new ReadOnlySequence<byte>(value);
    }

    /// <summary>Writes the content of a 200 that may be too large for memory, instead of <see cref="Content"/>. After an exception the content written so far is incomplete.</summary>
    public Func<Stream, CancellationToken, Task>? WriteContentAsync { get; init; }

    /// <summary>True if the file format compresses the content itself.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>OData-Version, Preference-Applied, Allow and the like; no name twice. Content-Type, ETag and Vary have properties of their own.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The request headers that selected this representation; empty for errors.</summary>
    public ImmutableArray<string> Vary { get; init; } = [];

    /// <summary>A weak entity tag with its quotes, different for each representation of one URL; null if the response cannot be cached.</summary>
    public string? ETag { get; init; }

    /// <summary>The time at which the revision was published; null for errors and if <see cref="IsTimeDependent"/>.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The revision that the response was created from; null for errors.</summary>
    public long? Revision { get; init; }

    /// <summary>True if the request specified a revision, so that the same URL always returns the same response.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>True if the query depends on the clock, so that the response can change without a new revision.</summary>
    public bool IsTimeDependent { get; init; }

    /// <summary>True if the response depends on nothing but the URL, the <see cref="SelectingHeaders"/> and the revision.</summary>
    public bool IsCacheable => ETag is not null && !IsTimeDependent;

    /// <summary>Gets Content-Type, <see cref="Headers"/>, Vary and ETag, for a response within another one.</summary>
    internal IEnumerable<(string Name, string Value)> GetAllHeaders()
    {
        if (ContentType is not null)
        {
            yield return ("Content-Type", ContentType);
        }

        foreach (var header in Headers)
        {
            yield return header;
        }

        if (!Vary.IsEmpty)
        {
            yield return ("Vary", string.Join(", ", Vary));
        }

        if (ETag is not null)
        {
            yield return ("ETag", ETag);
        }
    }
}

/// <summary>Writes errors in the engine's one format (OData JSON Format 4.01, 21).</summary>
internal static class ErrorResponse
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ODataResponse Create(ODataRequestException error, bool isVersion401)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            if (error.Target is not null)
            {
                json.WriteString("target", error.Target);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new ODataResponse
        {
            Status = error.Status,
            ContentType = "application/json",
            Body = buffer.WrittenMemory,
            Headers = error.RetryAfterSeconds is { } seconds
                ? [("OData-Version", isVersion401 ? "4.01" : "4.0"), ("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))]
                : [("OData-Version", isVersion401 ? "4.01" : "4.0")],
        };
    }
}
