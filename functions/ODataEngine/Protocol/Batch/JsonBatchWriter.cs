using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ODataEngine.Model;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Batch;

/// <summary>Writes batch responses in JSON (OData JSON Format 4.01, 19.5).</summary>
internal static class JsonBatchWriter
{
    public static ReadOnlySequence<byte> Write(IReadOnlyList<BatchResponse> responses)
    {
        var output = new ChunkedBufferWriter();
        using var json = new Utf8JsonWriter(output, JsonValueWriter.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("responses");
        foreach (var item in responses)
        {
            json.WriteStartObject();
            if (item.Id is not null)
            {
                json.WriteString("id", item.Id);
            }

            if (item.GroupId is not null)
            {
                json.WriteString("atomicityGroup", item.GroupId);
            }

            json.WriteNumber("status", item.Response.Status);
            json.WriteStartObject("headers");
            foreach (var (name, value) in item.Response.GetAllHeaders())
            {
                // Header names are in lower case (19.5).
                json.WriteString(name.ToLowerInvariant(), value);
            }

            json.WriteEndObject();
            WriteBody(json, item.Response);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.Content;
    }

    private static void WriteBody(Utf8JsonWriter json, ODataResponse response)
    {
        if (response.Content.IsEmpty)
        {
            return;
        }

        json.WritePropertyName("body");
        if (response.ContentType!.StartsWith("application/json", StringComparison.Ordinal))
        {
            json.WriteRawValue(response.Content, skipInputValidation: true);
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
}
