using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// The edge of the service: answers methods and preflights, runs an endpoint, writes its reply, and is the one place where
/// an exception becomes an answer. A client that left gets none.
/// </summary>
public sealed partial class RequestPipeline(ILogger<RequestPipeline> logger, IReadOnlyList<Deprecation>? deprecations = null)
{
    // Content-Length, Content-Type, Cache-Control and Last-Modified are readable without being named (Fetch, 3.3.8).
    private const string ExposedHeaders =
        "Accept-Ranges, Content-Disposition, Content-Range, Deprecation, ETag, Link, Location, OData-Version, Preference-Applied, Publication-Revision, Repr-Digest, Retry-After";

    private const string PreflightMaxAgeSeconds = "86400";

    private const string RetryAfterSeconds = "60";

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request and where its answer goes.</param>
    /// <param name="allowedMethods">The resource's methods: OPTIONS tells them, others are refused with 405.</param>
    /// <param name="handler">The endpoint: the whole reply to a GET, HEAD (as to GET) or another allowed method.</param>
    /// <param name="formatProblem">The form of errors; problem+json (RFC 9457) where null.</param>
    public async Task ExecuteAsync(
        HttpContext context,
        AllowedMethods allowedMethods,
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> handler,
        Func<HttpProblem, Reply>? formatProblem = null)
    {
        using var telemetry = new RequestTelemetry(context);
        var cancellationToken = context.RequestAborted;
        Reply FormatProblem(Reply reply) => reply.Problem is { } problem
            ? MergeHeaders(reply, formatProblem is null ? problem.ToJsonReply(context.Request.Path) : formatProblem(problem))
            : reply;

        try
        {
            var reply = await CreateReplyAsync(context.Request, allowedMethods, handler, cancellationToken);
            await WriteAsync(context, allowedMethods, FormatProblem(reply), cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The client left: nobody reads an answer, and leaving is no fault.
        }
        catch (Exception exception)
        {
            if (exception is StorageUnavailableException)
            {
                LogStorageUnavailable(context.Request.Method, context.Request.Path, exception.Message);
            }
            else LogFailure(exception, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                // A cut connection tells the client that the content is not whole.
                context.Abort();
                return;
            }

            context.Response.Clear();
            await WriteAsync(context, allowedMethods, FormatProblem(ToProblem(exception).ToReply()), cancellationToken);
        }
    }

    private static async ValueTask<Reply> CreateReplyAsync(
        HttpRequest request,
        AllowedMethods allowedMethods,
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> handler,
        CancellationToken cancellationToken)
    {
        if (!allowedMethods.Contains(request.Method))
            return new HttpProblem(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed here; allowed: {allowedMethods.AllowHeader}.")
                .ToReply()
                .WithHeader("Allow", allowedMethods.AllowHeader);
        if (HttpMethods.IsOptions(request.Method))
        {
            return CreateOptionsReply(allowedMethods);
        }

        return ReplyWriter.ApplyConditions(request, await handler(request, cancellationToken));
    }

    private static Reply MergeHeaders(Reply problem, Reply formatted)
    {
        var merged = formatted with { Headers = formatted.Headers.AddRange(problem.Headers) };
        return merged.Status == StatusCodes.Status503ServiceUnavailable ? merged.WithHeader("Retry-After", RetryAfterSeconds) : merged;
    }

    private static Reply CreateOptionsReply(AllowedMethods allowedMethods)
    {
        var reply = new Reply { Status = StatusCodes.Status204NoContent }.WithHeader("Allow", allowedMethods.AllowHeader);
        return allowedMethods.AllowsCrossOrigin
            ? reply
                .WithHeader("Access-Control-Allow-Methods", allowedMethods.AllowHeader)
                .WithHeader("Access-Control-Allow-Headers", "*")
                .WithHeader("Access-Control-Max-Age", PreflightMaxAgeSeconds)
            : reply;
    }

    private ValueTask WriteAsync(HttpContext context, AllowedMethods allowedMethods, Reply reply, CancellationToken cancellationToken)
    {
        if (allowedMethods.AllowsCrossOrigin)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = ExposedHeaders;
        }

        return ReplyWriter.WriteAsync(context, Deprecation.AddHeaders(deprecations ?? [], context.Request.Path.Value ?? "", reply), cancellationToken);
    }

    private static HttpProblem ToProblem(Exception exception) => exception switch
    {
        BadHttpRequestException badRequest => new(badRequest.StatusCode, "The request could not be read as HTTP."),
        StorageUnavailableException => new(
            StatusCodes.Status503ServiceUnavailable, "The storage behind this service does not answer. Try again in a minute."),
        _ => new(StatusCodes.Status500InternalServerError, "The service failed to answer. The failure is logged; try again later."),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not be answered: {Reason}")]
    private partial void LogStorageUnavailable(string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailure(Exception exception, string method, string path);
}

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
