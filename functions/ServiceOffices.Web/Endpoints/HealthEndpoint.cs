using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for probes and operators.</summary>
public sealed class HealthEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, Publisher publisher)
{
    private const string LivePath = "/health/live";
    private const string ReadyPath = "/health/ready";

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private async ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.Path.Value?.TrimEnd('/').ToLowerInvariant() switch
        {
            // Live means only that the process responds: a restart does not repair the storage.
            LivePath => Reply.CreateJson(json => json.WriteString("status", "live")),
            ReadyPath => await CreateReadyReplyAsync(cancellationToken),
            _ => HttpProblem.NotFound($"The probe '{request.Path}' does not exist. Available: {LivePath}, {ReadyPath}.").ToReply(),
        };

    /// <summary>An instance is ready if it has a publication to serve, even an old one: readers get replies while the storage is unavailable.</summary>
    private async ValueTask<Reply> CreateReadyReplyAsync(CancellationToken cancellationToken)
    {
        if (await currentPublication.GetAsync(cancellationToken) is not { } publication)
        {
            return HttpProblem.NotPublished.ToReply();
        }

        var health = currentPublication.Health;
        return Reply.CreateJson(json =>
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
                json.WriteString("reason", $"The storage is unavailable. Revision {publication.Revision} is served.");
            }
        });
    }
}
