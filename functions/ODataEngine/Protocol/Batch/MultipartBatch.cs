using System.Globalization;
using System.Text;
using ODataEngine.Protocol.Negotiation;

namespace ODataEngine.Protocol.Batch;

/// <summary>Reads and writes batches in multipart/mixed (OData 4.01 Part 1, 11.7.7; RFC 2046, 5.1).</summary>
internal static class MultipartBatch
{
    /// <param name="contentType">The request's Content-Type, which names the boundary.</param>
    /// <exception cref="ODataRequestException">400: not a batch in multipart/mixed.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> body, string contentType)
    {
        // Latin-1 keeps every byte as one character, so that bodies come out as they came in.
        var text = Encoding.Latin1.GetString(body.Span);
        return [.. Parts(text, Boundary(contentType)).SelectMany(Items)];
    }

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<(BatchRequest Item, ODataResponse Response)> answers, string boundary)
    {
        using var output = new MemoryStream();
        foreach (var (item, response) in answers)
        {
            var head = new StringBuilder("--").Append(boundary).Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
            if (item.Id is not null)
            {
                head.Append("Content-ID: ").Append(item.Id).Append("\r\n");
            }

            head.Append(CultureInfo.InvariantCulture, $"\r\nHTTP/1.1 {response.Status} {Reason(response.Status)}\r\n");
            foreach (var (name, value) in BatchHeaders.GetHeaders(response))
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }

            var body = response.Body;
            if (!body.IsEmpty)
            {
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            }

            output.Write(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()));
            output.Write(body.Span);
            output.Write("\r\n"u8);
        }

        output.Write(Encoding.Latin1.GetBytes($"--{boundary}--\r\n"));
        return output.ToArray();
    }

    private static string Boundary(string contentType)
    {
        var boundary = MediaRange.Parse(contentType.Replace(',', ' ')).FirstOrDefault()?.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary").Value;
        return boundary is { Length: > 0 and <= 70 } ? boundary : throw Invalid("must name a boundary of 1 to 70 characters in Content-Type");
    }

    private static IEnumerable<string> Parts(string text, string boundary)
    {
        var delimiter = "--" + boundary;
        var at = text.StartsWith(delimiter, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + delimiter, StringComparison.Ordinal) + 1;
        if (at == 0 && !text.StartsWith(delimiter, StringComparison.Ordinal))
        {
            throw Invalid("must hold its boundary");
        }

        while (true)
        {
            var start = at + delimiter.Length;
            if (text.AsSpan(start).StartsWith("--"))
            {
                yield break;
            }

            var next = text.IndexOf("\n" + delimiter, start, StringComparison.Ordinal);
            if (next < 0)
            {
                throw Invalid("must end with its boundary and two dashes");
            }

            yield return text[start..next].TrimStart(' ', '\t').TrimStart('\r', '\n');
            at = next + 1;
        }
    }

    private static IEnumerable<BatchRequest> Items(string part)
    {
        var (fields, content) = Head(part);
        var type = fields.GetValueOrDefault("Content-Type", "");
        if (type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return Parts(content, Boundary(type)).SelectMany(Items);
        }

        if (!type.StartsWith("application/http", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("must hold parts of application/http or multipart/mixed");
        }

        var lineEnd = content.IndexOf('\n', StringComparison.Ordinal);
        var line = (lineEnd < 0 ? content : content[..lineEnd]).Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (line.Length < 2)
        {
            throw Invalid("must hold requests that begin with a method and a URL");
        }

        var (headers, body) = Head(lineEnd < 0 ? "" : content[(lineEnd + 1)..]);
        // A relative URL may be about the Host that the part names; it is this service whatever the name.
        return [new BatchRequest(fields.GetValueOrDefault("Content-ID"), line[0], line[1], headers, Encoding.Latin1.GetBytes(body.TrimEnd('\r', '\n')), [])];
    }

    private static (Dictionary<string, string> Fields, string Content) Head(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var line = (end < 0 ? text : text[..end]).TrimEnd('\r');
            text = end < 0 ? "" : text[(end + 1)..];
            if (line.Length == 0)
            {
                return (fields, text);
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw Invalid($"must hold fields of the form 'Name: value'; got '{line[..Math.Min(40, line.Length)]}'");
            }

            fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Status",
    };

    private static ODataRequestException Invalid(string rule) => new(400, ODataErrorCodes.InvalidBatch, $"A batch {rule}.", "$batch");
}
