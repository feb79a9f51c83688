using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for probes and operators.</summary>
public sealed class HealthEndpoint(RequestPipeline pipeline, CurrentPublication currentPublication, Publisher publisher, TimeProvider time)
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
        var last = await FindLastRefreshAsync(cancellationToken);
        var reason = GetReason(health, publication.Revision, last);
        return Reply.CreateJson(json =>
        {
            json.WriteString("status", reason is null ? "ready" : "degraded");
            json.WriteNumber("revision", publication.Revision);
            json.WriteString("publishedAt", publication.At);
            json.WriteString("storage", health.IsStorageAvailable ? "answering" : "not answering");
            if (health.LastCheckedAt is { } checkedAt)
            {
                json.WriteString("storageCheckedAt", checkedAt);
            }

            if (last is not null)
            {
                json.WriteStartObject("lastRefresh");
                json.WriteString("at", last.At);
                json.WriteString("result", GetName(last));
                json.WriteEndObject();
            }

            if (reason is not null)
            {
                json.WriteString("reason", reason);
            }
        });
    }

    /// <summary>Gets the last refresh of this or another instance.</summary>
    private async Task<RefreshState?> FindLastRefreshAsync(CancellationToken cancellationToken)
    {
        var recorded = await publisher.Heartbeat.ReadAsync(cancellationToken);
        var own = publisher.LastRefresh is { Result: RefreshResult.Busy } ? null : publisher.LastRefresh;
        return own is null || own.At < recorded?.At ? recorded : own;
    }

    /// <summary>Gets the reason why an instance is degraded; null if it is not.</summary>
    private string? GetReason(PublicationHealth health, long revision, RefreshState? last)
    {
        if (!health.IsStorageAvailable)
        {
            return $"The storage is unavailable. Revision {revision} is served.";
        }

        var age = last is null ? TimeSpan.Zero : time.GetUtcNow() - last.At;
        var minutes = string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes} minutes ago");
        return last switch
        {
            { IsFailing: true } => $"The last refresh failed {minutes} ({GetName(last)}). Edits are not published.",
            not null when age > RefreshHeartbeat.MaxAge => $"The last refresh was {minutes}, although it is due every minute. Edits are not published.",
            _ => null,
        };
    }

    private static string GetName(RefreshState refresh) => refresh.Result is { } result ? JsonNamingPolicy.CamelCase.ConvertName(result.ToString()) : "storageUnavailable";
}
