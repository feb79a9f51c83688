using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;

namespace ServiceOffices.Http;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for the platform's probes and for people.</summary>
public sealed class HealthEndpoint(Boundary boundary, CurrentPublication current, Publisher publisher)
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    public Task AnswerAsync(HttpContext context) => boundary.AnswerAsync(context, AllowedMethods.Read, ReplyAsync);

    private async ValueTask<Reply> ReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.Path.Value?.TrimEnd('/').ToLowerInvariant() switch
        {
            // The process answers: that is all that a restart could mend.
            Live => Json(json => json.WriteString("status", "live")),
            Ready => await ReadyAsync(cancellationToken),
            _ => new HttpProblem(StatusCodes.Status404NotFound, $"There is no such probe; there are {Live} and {Ready}.").ToReply(),
        };

    /// <summary>Ready is who has a publication to serve, be it an old one: a storage that is away must not take the readers' answers away.</summary>
    private async ValueTask<Reply> ReadyAsync(CancellationToken cancellationToken)
    {
        if (await current.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var health = current.Health;
        return Json(json =>
        {
            json.WriteString("status", health.StorageAnswers && publisher.Last?.IsFailing != true ? "ready" : "degraded");
            json.WriteNumber("revision", publication.Revision);
            json.WriteString("publishedAt", publication.At);
            json.WriteString("storage", health.StorageAnswers ? "answering" : "not answering");
            if (health.LastCheckedAt is { } checkedAt)
            {
                json.WriteString("storageCheckedAt", checkedAt);
            }

            if (publisher.Last is { } refresh)
            {
                json.WriteStartObject("lastRefresh");
                json.WriteString("at", refresh.At);
                json.WriteString("result", refresh.Result is { } result ? JsonNamingPolicy.CamelCase.ConvertName(result.ToString()) : "storageUnavailable");
                json.WriteEndObject();
            }

            if (!health.StorageAnswers)
            {
                json.WriteString("reason", $"The storage does not answer; revision {publication.Revision} goes on being served.");
            }
        });
    }

    private static Reply Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new Reply { MediaType = "application/json", Body = Payload.Of(buffer.WrittenMemory) };
    }
}
