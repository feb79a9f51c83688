using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Docs;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/api-info</c>: what the API is, by DIGG's REST API profile (VER.06). The contract's <c>info</c> is its source.</summary>
public sealed class ApiInfoEndpoint(RequestPipeline pipeline, PublicUrl publicUrl)
{
    private readonly Lazy<(string Name, string Version, string Released, string Status)> info = new(ReadInfo);

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
            json.WriteString("apiName", info.Value.Name);
            json.WriteString("apiVersion", info.Value.Version);
            json.WriteString("apiReleased", info.Value.Released);
            json.WriteString("apiDocumentation", publicUrl.GetBaseUrl(request) + Guide.RootPath);
            json.WriteString("apiStatus", info.Value.Status);
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
        using var contract = JsonDocument.Parse(OpenApiDocument.Read());
        var info = contract.RootElement.GetProperty("info");
        return (GetString("title"), GetString("version"), GetString("x-released"), GetString("x-status"));

        string GetString(string name) => info.GetProperty(name).GetString()!;
    }
}

/// <summary><c>/openapi.json</c>: the contract of every route. It is openapi/openapi.yaml as JSON, which a test keeps in step.</summary>
public sealed class OpenApiEndpoint(RequestPipeline pipeline)
{
    // The document changes with the platform's version only, so one reply serves all.
    private readonly Lazy<Reply> reply = new(() => CreateDocumentReply(OpenApiDocument.Read()));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request)?.ToReply() ?? reply.Value);

    private static Reply CreateDocumentReply(byte[] json) => new()
    {
        MediaType = "application/json",
        Body = ReplyBody.From(json),
        EncodedBodies = [.. ContentCoding.Compressions.Select(coding => (coding, coding.CompressSmallest(json)))],
        ETag = ContentETag.Compute(json),
        CacheControl = CachePolicy.Latest,
    };
}
