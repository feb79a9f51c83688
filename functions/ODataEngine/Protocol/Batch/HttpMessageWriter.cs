using System.Text;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Batch;

/// <summary>Writes responses as HTTP messages (<c>application/http</c>; RFC 9112, 2.1), for batches and status monitors.</summary>
internal static class HttpMessageWriter
{
    public static void Write(ChunkedBufferWriter output, ODataResponse response)
    {
        WriteText(output, $"HTTP/1.1 {response.Status} {GetReasonPhrase(response.Status)}\r\n");
        foreach (var (name, value) in response.GetAllHeaders())
        {
            WriteText(output, $"{name}: {value}\r\n");
        }

        if (!response.Content.IsEmpty)
        {
            WriteText(output, $"Content-Length: {response.Content.Length}\r\n");
        }

        WriteText(output, "\r\n");
        foreach (var segment in response.Content)
        {
            output.WriteReference(segment);
        }
    }

    private static void WriteText(ChunkedBufferWriter output, string text) => Encoding.UTF8.GetBytes(text, output);

    // RFC 9110, 15. The phrase has no meaning; a reader may expect one.
    private static string GetReasonPhrase(int status) => status switch
    {
        200 => "OK",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        410 => "Gone",
        412 => "Precondition Failed",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        424 => "Failed Dependency",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
