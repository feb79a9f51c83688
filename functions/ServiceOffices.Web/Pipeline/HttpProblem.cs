using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ServiceOffices.Web.Pipeline;

/// <summary>An error for a client to read (RFC 9457). It tells nothing of the inside of the service.</summary>
/// <param name="Status">A status code, 400..599.</param>
/// <param name="Detail">What, where and what is allowed.</param>
public sealed record HttpProblem(int Status, string Detail)
{
    /// <summary>There is nothing to answer from yet.</summary>
    public static readonly HttpProblem NotPublished = new(
        StatusCodes.Status503ServiceUnavailable, "The register has not been published yet. Try again in a minute.");

    /// <summary>Members beside the standard ones (RFC 9457, 3.2); null where there is none.</summary>
    public JsonObject? ExtensionMembers { get; init; }

    private const string MediaType = "application/problem+json";

    // The content is never HTML (nosniff says so), and åäö should read as åäö.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The status code's phrase: the same for every problem of a kind (RFC 9457, 3.1.3).</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The error as a reply; <see cref="RequestPipeline"/> writes it in the form of the route's errors.</summary>
    public Reply ToReply() => new() { Status = Status, Problem = this };

    /// <summary>The error as problem+json.</summary>
    /// <param name="instance">The path that was asked for.</param>
    internal Reply ToJsonReply(string instance)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
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

            json.WriteEndObject();
        }

        return new Reply { Status = Status, MediaType = MediaType, Body = ReplyBody.From(buffer.WrittenMemory) };
    }
}
