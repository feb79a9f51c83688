using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ODataEngine.Protocol.Batch;

/// <summary>
/// Reads batches in multipart/mixed (OData 4.01 Part 1, 11.7.7; RFC 2046, 5.1). Time is linear in the size of the batch:
/// parts are slices of the body, and only a change set, which cannot contain another, is read twice.
/// </summary>
internal static class MultipartBatchReader
{
    private const int MaxBoundaryLength = 70;
    private const byte LineFeed = (byte)'\n';

    // All but the tab.
    private static readonly SearchValues<byte> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(code => code != '\t').Select(code => (byte)code), 127]);

    /// <param name="contentType">The Content-Type of the batch, which names the boundary.</param>
    /// <exception cref="ODataRequestException">400: the body is not a batch in multipart/mixed.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> body, string contentType)
    {
        var requests = new List<BatchRequest>();
        var changeSets = 0;
        foreach (var part in ReadParts(body, contentType))
        {
            var headers = ReadPartHeaders(part, out var content);
            var type = headers.GetValueOrDefault("Content-Type");
            if (!BatchRules.IsMediaType(type, "multipart/mixed"))
            {
                requests.Add(ReadRequest(headers, content));
                continue;
            }

            var groupId = $"changeset{++changeSets}";
            foreach (var innerPart in ReadParts(content, type!))
            {
                requests.Add(ReadRequest(ReadPartHeaders(innerPart, out var innerContent), innerContent) with { GroupId = groupId });
            }
        }

        return requests;
    }

    private static List<ReadOnlyMemory<byte>> ReadParts(ReadOnlyMemory<byte> body, string contentType)
    {
        var delimiter = Encoding.UTF8.GetBytes("--" + GetBoundary(contentType));
        var parts = new List<ReadOnlyMemory<byte>>();
        var partStart = -1;
        var position = 0;
        while (FindDelimiter(body.Span, delimiter, ref position, out var lineStart, out var isLast))
        {
            if (partStart >= 0)
            {
                parts.Add(body[partStart..Math.Max(partStart, GetContentEnd(body.Span, lineStart))]);
            }

            if (isLast)
            {
                return parts;
            }

            partStart = position;
        }

        throw BatchRules.CreateInvalidBatch(partStart < 0 ? "must contain its boundary" : "must end with its boundary and two dashes");
    }

    /// <summary>Finds the next line that consists of the delimiter, and trailing blanks or the two dashes that end the message.</summary>
    /// <param name="position">The index to search from; then the index after the line.</param>
    private static bool FindDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, ref int position, out int lineStart, out bool isLast)
    {
        isLast = false;
        while (body[position..].IndexOf(delimiter) is >= 0 and var offset)
        {
            lineStart = position + offset;
            position = lineStart + delimiter.Length;
            var rest = body[position..];
            if (lineStart > 0 && body[lineStart - 1] != LineFeed)
            {
                continue;
            }

            isLast = rest.StartsWith("--"u8);
            var lineLength = rest.IndexOf(LineFeed) is >= 0 and var lineEnd ? lineEnd + 1 : rest.Length;
            if (isLast || rest[..lineLength].Trim(" \t\r\n"u8).IsEmpty)
            {
                position += lineLength;
                return true;
            }
        }

        lineStart = -1;
        return false;
    }

    // The line break before a delimiter belongs to the delimiter (RFC 2046, 5.1.1).
    private static int GetContentEnd(ReadOnlySpan<byte> body, int lineStart) =>
        lineStart >= 2 && body[lineStart - 2] == '\r' ? lineStart - 2 : lineStart - 1;

    /// <summary>Gets the boundary parameter, quoted or not. Characters outside of a token are accepted unquoted too, as older clients send them.</summary>
    private static string GetBoundary(string contentType)
    {
        var rest = contentType.AsSpan();
        while (rest.IndexOf(';') is >= 0 and var separatorIndex)
        {
            rest = rest[(separatorIndex + 1)..].TrimStart();
            if (!rest.StartsWith("boundary=", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            rest = rest["boundary=".Length..];
            var end = rest.StartsWith('"') ? rest[1..].IndexOf('"') + 1 : rest.IndexOf(';');
            var boundary = rest.StartsWith('"') ? rest[1..Math.Max(end, 1)] : (end < 0 ? rest : rest[..end]).Trim();
            return boundary.Length is > 0 and <= MaxBoundaryLength ? boundary.ToString() : throw CreateInvalidBoundary();
        }

        throw CreateInvalidBoundary();
    }

    private static ODataRequestException CreateInvalidBoundary() =>
        BatchRules.CreateInvalidBatch($"must name a boundary of 1 to {MaxBoundaryLength} characters in Content-Type");

    private static BatchRequest ReadRequest(Dictionary<string, string> partHeaders, ReadOnlyMemory<byte> content)
    {
        var type = partHeaders.GetValueOrDefault("Content-Type");
        if (BatchRules.IsMediaType(type, "multipart/mixed"))
        {
            throw BatchRules.CreateInvalidBatch("cannot contain a change set within a change set");
        }

        if (!BatchRules.IsMediaType(type, "application/http"))
        {
            throw BatchRules.CreateInvalidBatch("must contain parts of application/http or multipart/mixed");
        }

        // RFC 9112, 2.2: empty lines before the request line are ignored.
        content = content.TrimStart("\r\n"u8);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var error = ReadRequestLine(ref content, out var method, out var url) ?? ReadHeaders(ref content, headers);
        // 11.7.1: a malformed request fails by itself, not the batch.
        return new BatchRequest(partHeaders.GetValueOrDefault("Content-ID"), method, url, headers, content) { Error = error };
    }

    // RFC 9112, 3: method, target and version, the last of which the examples of OData leave out. A blank within the target is an error.
    private static ODataRequestException? ReadRequestLine(ref ReadOnlyMemory<byte> content, out string method, out string url)
    {
        (method, url) = ("", "");
        if (ReadLine(ref content) is not { } line)
        {
            return new ODataRequestException(400, ODataErrorCodes.InvalidUrl, "The request line of a request of a batch must be UTF-8 without control characters.", "$batch");
        }

        var target = line.Trim();
        if (target.LastIndexOf(' ') is >= 0 and var versionIndex && target.AsSpan(versionIndex + 1).StartsWith("HTTP/", StringComparison.Ordinal))
        {
            target = target[..versionIndex].TrimEnd();
        }

        if (target.IndexOf(' ', StringComparison.Ordinal) is > 0 and var methodEnd)
        {
            (method, url) = (target[..methodEnd], target[(methodEnd + 1)..].TrimStart());
        }

        return url.Length > 0 && url.AsSpan().IndexOfAny(' ', '\t') < 0
            ? null
            : new ODataRequestException(400, ODataErrorCodes.InvalidUrl,
                $"The request line of a request of a batch must be a method, a URL without blanks (encode them as %20) and HTTP/1.1; got '{ODataErrors.Truncate(line)}'.", "$batch");
    }

    private static Dictionary<string, string> ReadPartHeaders(ReadOnlyMemory<byte> part, out ReadOnlyMemory<byte> content)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        content = part;
        return ReadHeaders(ref content, headers) is { } error ? throw error : headers;
    }

    /// <summary>Reads the header lines up to an empty line or the end.</summary>
    /// <returns>The first malformed line's error; null if there is none.</returns>
    /// <exception cref="ODataRequestException">400: too many lines.</exception>
    private static ODataRequestException? ReadHeaders(ref ReadOnlyMemory<byte> content, Dictionary<string, string> headers)
    {
        for (var lines = 0; ; lines++)
        {
            if (ReadLine(ref content) is not { } line)
            {
                return BatchRules.CreateInvalidBatch("must have headers in UTF-8 without control characters");
            }

            if (line.Length == 0)
            {
                return null;
            }

            if (lines == BatchRules.MaxHeaderLines)
            {
                throw BatchRules.CreateTooManyHeaders();
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : line[..colon].TrimEnd();
            if (name.Length == 0 || name.AsSpan().IndexOfAny(' ', '\t') >= 0)
            {
                return BatchRules.CreateInvalidBatch($"must have headers of the form 'Name: value'; got '{ODataErrors.Truncate(line)}'");
            }

            var value = line[(colon + 1)..].Trim();
            // RFC 9110, 5.3: lines of one name are one list.
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier}, {value}" : value;
        }
    }

    /// <summary>Reads a line; null if it is not UTF-8 or contains control characters.</summary>
    private static string? ReadLine(ref ReadOnlyMemory<byte> content)
    {
        var end = content.Span.IndexOf(LineFeed);
        var line = (end < 0 ? content : content[..end]).Span.TrimEnd((byte)'\r');
        content = end < 0 ? default : content[(end + 1)..];
        return Utf8.IsValid(line) && line.IndexOfAny(ControlCharacters) < 0 ? Encoding.UTF8.GetString(line) : null;
    }
}
