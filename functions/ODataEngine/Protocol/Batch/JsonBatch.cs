using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Batch;

/// <summary>Reads and writes batches in JSON (OData JSON Format 4.01, 19).</summary>
internal static class JsonBatch
{
    /// <exception cref="ODataRequestException">400: not a batch in JSON.</exception>
    public static IReadOnlyList<BatchRequest> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
            {
                throw Invalid("must be an object with an array 'requests'");
            }

            var items = requests.EnumerateArray().Select(Item).ToList();
            var ids = new HashSet<string>(StringComparer.Ordinal);
            return items.FirstOrDefault(item => !ids.Add(item.Id!)) is { } twice
                ? throw Invalid($"must not use the id '{twice.Id}' twice")
                : items;
        }
        catch (JsonException e)
        {
            throw Invalid("must be JSON: " + e.Message);
        }
        catch (InvalidOperationException)
        {
            // What the reader says of strings that no text can be made of.
            throw Invalid("must be UTF-8, without halves of surrogate pairs");
        }
    }

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<(BatchRequest Item, ODataResponse Response)> answers)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("responses");
        foreach (var (item, response) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteNumber("status", response.Status);
            json.WriteStartObject("headers");
            foreach (var (name, value) in BatchHeaders.GetHeaders(response))
            {
                // Names in a batch are lower case (19.1).
                json.WriteString(name.ToLowerInvariant(), value);
            }

            json.WriteEndObject();
            WriteBody(json, response);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteBody(Utf8JsonWriter json, ODataResponse response)
    {
        if (response.Body.IsEmpty)
        {
            return;
        }

        json.WritePropertyName("body");
        if (response.ContentType!.StartsWith("application/json", StringComparison.Ordinal))
        {
            json.WriteRawValue(response.Body.Span, skipInputValidation: true);
        }
        else if (response.ContentType.StartsWith("text/", StringComparison.Ordinal) || response.ContentType.StartsWith("application/xml", StringComparison.Ordinal))
        {
            json.WriteStringValue(response.Body.Span);
        }
        else
        {
            json.WriteStringValue(Base64Url.EncodeToString(response.Body.Span));
        }
    }

    private static BatchRequest Item(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("must hold objects in 'requests'");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request.TryGetProperty("headers", out var fields) && fields.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in fields.EnumerateObject())
            {
                headers[field.Name] = field.Value.ToString();
            }
        }

        var body = request.TryGetProperty("body", out var content)
            ? Encoding.UTF8.GetBytes(content.ValueKind == JsonValueKind.String ? content.GetString()! : content.GetRawText())
            : [];
        var dependsOn = request.TryGetProperty("dependsOn", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? ids.EnumerateArray().Select(id => id.ToString()).ToList()
            : [];
        return new BatchRequest(Text(request, "id"), Text(request, "method"), Text(request, "url"), headers, body, dependsOn);
    }

    private static string Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : throw Invalid($"must state '{name}' of every request");

    private static ODataRequestException Invalid(string rule) => new(400, ODataErrorCodes.InvalidBatch, $"A batch {rule}.", "$batch");
}
