using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ServiceOffices.Web.Pipeline;

/// <summary>An error for clients (RFC 9457), without details of the implementation.</summary>
/// <param name="Status">A status code, 400..599.</param>
/// <param name="Detail">A description of the error: what is wrong, where, and what is allowed.</param>
public sealed record HttpProblem(int Status, string Detail)
{
    /// <summary>Nothing has been published yet.</summary>
    public static readonly HttpProblem NotPublished = new(
        StatusCodes.Status503ServiceUnavailable, "The register has not been published yet. Try again in a minute.");

    /// <summary>Extension members (RFC 9457, 3.2); null if there are none.</summary>
    public JsonObject? ExtensionMembers { get; init; }

    internal const string MediaType = "application/problem+json";

    // The content is never interpreted as HTML (nosniff), so åäö need no escaping.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gets the reason phrase of the status, equal for all problems of a type (RFC 9457, 3.1.3).</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    public static HttpProblem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static HttpProblem NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    /// <summary>Converts the error to a reply; <see cref="RequestPipeline"/> writes it in the error format of the route.</summary>
    public Reply ToReply() => new() { Status = Status, Problem = this };

    /// <summary>Converts the error to a reply in problem+json.</summary>
    /// <param name="instance">Path of the request.</param>
    internal Reply ToJsonReply(string instance)
    {
        var content = JsonObjectWriter.Write(
            json =>
            {
                json.WriteString("type", ProblemType.FindByStatus(Status)?.TypeUri ?? "about:blank");
                json.WriteString("title", Title);
                json.WriteNumber("status", Status);
                json.WriteString("detail", Detail);
                json.WriteString("instance", instance);
                foreach (var (name, value) in ExtensionMembers ?? [])
                {
                    json.WritePropertyName(name);
                    JsonSerializer.Serialize(json, value);
                }
            },
            WriterOptions);
        return new Reply { Status = Status, MediaType = MediaType, Body = ReplyBody.From(content) };
    }
}
