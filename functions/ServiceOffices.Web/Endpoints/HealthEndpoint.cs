using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for the platform's probes and for people.</summary>
public sealed class HealthEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, Publisher publisher)
{
    private const string LivePath = "/health/live";
    private const string ReadyPath = "/health/ready";

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.Path.Value?.TrimEnd('/').ToLowerInvariant() switch
        {
            // The process answers: that is all that a restart could mend.
            LivePath => CreateJsonReply(json => json.WriteString("status", "live")),
            ReadyPath => await CreateReadyReplyAsync(cancellationToken),
            _ => new HttpProblem(StatusCodes.Status404NotFound, $"There is no such probe; there are {LivePath} and {ReadyPath}.").ToReply(),
        };

    /// <summary>Ready is who has a publication to serve, be it an old one: a storage that is away must not take the readers' answers away.</summary>
    private async ValueTask<Reply> CreateReadyReplyAsync(CancellationToken cancellationToken)
    {
        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var health = currentPublication.Health;
        return CreateJsonReply(json =>
        {
            json.WriteString("status", health.IsStorageAvailable && publisher.LastRefresh?.IsFailing != true ? "ready" : "degraded");
            json.WriteNumber("revision", publication.Revision);
            json.WriteString("publishedAt", publication.At);
            json.WriteString("storage", health.IsStorageAvailable ? "answering" : "not answering");
            if (health.LastCheckedAt is { } checkedAt)
            {
                json.WriteString("storageCheckedAt", checkedAt);
            }

            if (publisher.LastRefresh is { } refresh)
            {
                json.WriteStartObject("lastRefresh");
                json.WriteString("at", refresh.At);
                json.WriteString("result", refresh.Result is { } result ? JsonNamingPolicy.CamelCase.ConvertName(result.ToString()) : "storageUnavailable");
                json.WriteEndObject();
            }

            if (!health.IsStorageAvailable)
            {
                json.WriteString("reason", $"The storage does not answer; revision {publication.Revision} goes on being served.");
            }
        });
    }

    private static Reply CreateJsonReply(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new Reply { MediaType = "application/json", Body = ReplyBody.From(buffer.WrittenMemory) };
    }
}
