using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>POST /register/refresh</c>: publishes what the register holds now, for editors who do not want to wait for the timer.</summary>
public sealed class RefreshEndpoint(RequestPipeline pipeline, RegisterRefresh refresh)
{
    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.Post, CreateReplyAsync);

    internal async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var outcome = await refresh.RunAsync(cancellationToken);
        return outcome.Result switch
        {
            RefreshResult.Published => CreateJsonReply(outcome, changed: true),
            RefreshResult.NothingNew => CreateJsonReply(outcome, changed: false),
            RefreshResult.RegisterLost => new HttpProblem(
                StatusCodes.Status409Conflict,
                "The register is empty, but offices are published: nothing is published until it holds offices again. Load it again, or remove offices one by one.").ToReply(),
            _ => new HttpProblem(StatusCodes.Status409Conflict, "Another refresh is under way. Try again in a few seconds.").ToReply(),
        };
    }

    private static Reply CreateJsonReply(RefreshOutcome outcome, bool changed)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (outcome.Revision is { } revision)
            {
                json.WriteNumber("revision", revision);
            }

            json.WriteBoolean("changed", changed);
            json.WriteNumber("changes", outcome.Changes);
            json.WriteNumber("rejected", outcome.Rejected);
            json.WriteEndObject();
        }

        return new Reply { MediaType = "application/json", Body = ReplyBody.From(buffer.WrittenMemory) };
    }
}
