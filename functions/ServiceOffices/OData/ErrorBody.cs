using System.Text.Encodings.Web;
using System.Text.Json;
using ServiceOffices.Queries;

namespace ServiceOffices.OData;

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
