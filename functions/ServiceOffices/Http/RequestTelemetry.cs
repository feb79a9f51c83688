using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Http;

/// <summary>What a request leaves in traces and metrics: its route, method, status, bytes and time; nothing of who asked or for what.</summary>
internal sealed class RequestTelemetry(HttpContext context) : IDisposable
{
    // nginx's code for a client that left; there is no standard one.
    private const int ClientClosedRequest = 499;

    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Activity? activity = Tracing.Start("request");

    public void Dispose()
    {
        var response = context.Response;
        var route = GetRoute(context.Request.Path.Value);
        var status = context.RequestAborted.IsCancellationRequested && !response.HasStarted ? ClientClosedRequest : response.StatusCode;
        var hasContent = !HttpMethods.IsHead(context.Request.Method) && status is not (StatusCodes.Status304NotModified or StatusCodes.Status204NoContent);
        Metrics.RecordRequest(route, context.Request.Method, status, hasContent ? response.ContentLength ?? 0 : 0, Stopwatch.GetElapsedTime(started));
        activity?.SetTag("http.route", route)
            .SetTag("http.request.method", context.Request.Method)
            .SetTag("http.response.status_code", status)
            .SetStatus(status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset)
            .Dispose();
    }

    /// <summary>The path's first segment: only those of triggers come here, so there are few.</summary>
    private static string GetRoute(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return "/";
        }

        var end = path.IndexOf('/', 1);
        return (end < 0 ? path : path[..end]).ToLowerInvariant();
    }
}
