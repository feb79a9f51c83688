using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Docs;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/api-info</c>: description of the API according to DIGG's REST API profile (VER.06), taken from <c>info</c> of the OpenAPI document.</summary>
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

        var content = JsonObjectWriter.Write(json =>
        {
            json.WriteString("apiName", info.Value.Name);
            json.WriteString("apiVersion", info.Value.Version);
            json.WriteString("apiReleased", info.Value.Released);
            json.WriteString("apiDocumentation", publicUrl.GetBaseUrl(request) + Guide.RootPath);
            json.WriteString("apiStatus", info.Value.Status);
        });
        return ValueTask.FromResult(Reply.CreateDocument("application/json", content) with { IsCompressible = false });
    }

    private static (string Name, string Version, string Released, string Status) ReadInfo()
    {
        using var contract = JsonDocument.Parse(OpenApiDocument.Read());
        var info = contract.RootElement.GetProperty("info");
        return (GetString("title"), GetString("version"), GetString("x-released"), GetString("x-status"));

        string GetString(string name) => info.GetProperty(name).GetString()!;
    }
}

/// <summary><c>/openapi.json</c>: the OpenAPI document, equal to openapi/openapi.yaml as a test verifies.</summary>
public sealed class OpenApiEndpoint(RequestPipeline pipeline)
{
    // The document changes with the version of the assembly only, so all requests get the same reply.
    private readonly Lazy<Reply> reply = new(() => CreateDocumentReply(OpenApiDocument.Read()));

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueryOptionValidator.Validate(request)?.ToReply() ?? reply.Value);

    private static Reply CreateDocumentReply(byte[] json) => Reply.CreateDocument("application/json", json) with
    {
        EncodedBodies = [.. ContentCoding.Compressions.Select(coding => (coding, coding.CompressSmallest(json)))],
    };
}
