using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ODataEngine.Protocol;

/// <summary>What the engine answers, for a host or a batch to send.</summary>
public sealed record ODataResponse
{
    public required int Status { get; init; }

    /// <summary>Null where there is no content.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content as it was made, in parts where it is large.</summary>
    public ReadOnlySequence<byte> Content { get; init; }

    /// <summary>The content in one piece.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => Content.IsSingleSegment ? Content.First : Content.ToArray();
        init => Content = new ReadOnlySequence<byte>(value);
    }

    /// <summary>Writes the content of a 200 in the place of <see cref="Content"/>: it may be larger than memory should hold. An exception midway means that what was written is not whole.</summary>
    public Func<Stream, CancellationToken, Task>? WriteContentAsync { get; init; }

    /// <summary>Whether the content is compressed by its own format.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>OData-Version, Vary, Preference-Applied, Allow and the like; no name twice.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A weak entity tag with its quotes; null where the answer depends on more than the publication.</summary>
    public string? ETag { get; init; }

    /// <summary>When the publication that it is from was made; null for errors.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The publication that it is from; null for errors.</summary>
    public long? Revision { get; init; }

    /// <summary>Whether the request named a revision, so that the same URL gives the same answer for ever.</summary>
    public bool IsImmutable { get; init; }
}

/// <summary>The one shape of the engine's errors (OData JSON Format 4.01, 21).</summary>
internal static class ErrorResponse
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ODataResponse Create(ODataRequestException error, bool isVersion401)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
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
            Headers = [("OData-Version", isVersion401 ? "4.01" : "4.0")],
        };
    }
}

/// <summary>A request as the engine sees it, whatever host or batch it came by.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">Relative to the service root, without a leading slash, percent-decoded but for <c>%2F</c>.</param>
/// <param name="Query">What follows <c>?</c>, as sent.</param>
/// <param name="GetHeader">A request field's value by its name in any case, several joined by commas; null where absent.</param>
/// <param name="ServiceRoot">Absolute, with a trailing slash.</param>
public sealed record ODataRequest(string Method, string Path, string Query, Func<string, string?> GetHeader, Uri ServiceRoot)
{
    /// <summary>The content of a POST.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
