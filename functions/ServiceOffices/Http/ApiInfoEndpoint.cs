using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Http;

/// <summary><c>/api-info</c>: what the API is, by DIGG's REST API profile (VER.06). The contract's <c>info</c> is its source.</summary>
public sealed class ApiInfoEndpoint(Boundary boundary, PublicAddress address)
{
    private readonly (string Name, string Version, string Released, string Status) info = Read();

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptions.Problem(request) is { } problem)
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
            json.WriteString("apiDocumentation", address.Of(request) + DocsEndpoint.Root);
            json.WriteString("apiStatus", info.Status);
            json.WriteEndObject();
        }

        return ValueTask.FromResult(new Reply
        {
            MediaType = "application/json",
            Body = Payload.Of(buffer.WrittenMemory),
            ETag = ContentTag.Of(buffer.WrittenSpan),
            CacheControl = CachePolicy.Latest,
        });
    }

    private static (string Name, string Version, string Released, string Status) Read()
    {
        using var contract = JsonDocument.Parse(OpenApiEndpoint.Read());
        var info = contract.RootElement.GetProperty("info");
        return (Text("title"), Text("version"), Text("x-released"), Text("x-status"));

        string Text(string name) => info.GetProperty(name).GetString()!;
    }
}
