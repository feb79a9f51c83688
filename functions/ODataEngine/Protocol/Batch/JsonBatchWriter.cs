using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ODataEngine.Execution;
using ODataEngine.Model;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Batch;

/// <summary>Writes batch responses in JSON (OData JSON Format 4.01, 19.5).</summary>
internal static class JsonBatchWriter
{
    // The bytes in one piece and the string.
    private const int BytesPerEncodedByte = 4;

    // Shorter ones, such as counts, do not matter.
    private const int MinCountedBytes = 1024;

    /// <param name="budget">Limits the memory of contents that JSON contains as strings; others are not copied.</param>
    /// <exception cref="ODataRequestException">400: the response exceeds MaxMemoryBytes.</exception>
    public static ReadOnlySequence<byte> Write(IReadOnlyList<BatchResponse> responses, QueryBudget budget)
    {
        var output = new ChunkedBufferWriter();

        // Without validation, because the contents are written past the writer.
        using var json = new Utf8JsonWriter(output, JsonValueWriter.WriterOptions with { SkipValidation = true });
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
            WriteBody(json, output, item.Response, budget);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.Content;
    }

    // The content is the last member, so that the writer need not know whether a comma follows it.
    private static void WriteBody(Utf8JsonWriter json, ChunkedBufferWriter output, ODataResponse response, QueryBudget budget)
    {
        if (response.Content.IsEmpty)
        {
            return;
        }

        json.WritePropertyName("body");
        var isJson = response.ContentType!.StartsWith("application/json", StringComparison.Ordinal);
        if (!isJson && response.Content.Length >= MinCountedBytes)
        {
            budget.ConsumeMemory(response.Content.Length * BytesPerEncodedByte);
        }

        if (isJson)
        {
            json.Flush();
            foreach (var segment in response.Content)
            {
                output.WriteReference(segment);
            }
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
