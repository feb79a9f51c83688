using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Http;

/// <summary><c>/api-info</c>: what the API is, by DIGG's REST API profile (VER.06). The contract's <c>info</c> is its source.</summary>
public sealed class ApiInfoEndpoint(RequestPipeline pipeline, PublicUrl publicUrl)
{
    private readonly (string Name, string Version, string Released, string Status) info = ReadInfo();

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request) is { } problem)
        {
            return ValueTask.FromResult(problem.ToReply());
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiName", info.Name);
            json.WriteString("apiVersion", info.Version);
            json.WriteString("apiReleased", info.Released);
            json.WriteString("apiDocumentation", publicUrl.GetBaseUrl(request) + DocsEndpoint.RootPath);
            json.WriteString("apiStatus", info.Status);
            json.WriteEndObject();
        }

        return ValueTask.FromResult(new Reply
        {
            MediaType = "application/json",
            Body = ReplyBody.From(buffer.WrittenMemory),
            ETag = ContentETag.Compute(buffer.WrittenSpan),
            CacheControl = CachePolicy.Latest,
        });
    }

    private static (string Name, string Version, string Released, string Status) ReadInfo()
    {
        using var contract = JsonDocument.Parse(OpenApiEndpoint.ReadDocument());
        var info = contract.RootElement.GetProperty("info");
        return (GetString("title"), GetString("version"), GetString("x-released"), GetString("x-status"));

        string GetString(string name) => info.GetProperty(name).GetString()!;
    }
}
