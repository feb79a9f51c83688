using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Handles methods and CORS preflights, runs an endpoint and writes its reply. It is the only place where an exception
/// becomes a reply. A client that has disconnected gets none.
/// </summary>
/// <param name="currentPublication">The publication of which <c>If-Revision-At-Least</c> and <c>Age</c> speak; null for neither.</param>
/// <param name="publicUrl">The URL that clients use; null for that of each request.</param>
public sealed partial class RequestPipeline(
    ILogger<RequestPipeline> logger, IReadOnlyList<Deprecation>? deprecations = null, CurrentPublication? currentPublication = null, PublicUrl? publicUrl = null)
{
    /// <summary>The request header with the revision that the reply must at least have.</summary>
    internal const string RevisionAtLeastHeader = "If-Revision-At-Least";

    // Content-Length, Content-Type, Cache-Control and Last-Modified are exposed by default (Fetch, 3.3.8).
    private const string ExposedHeaders =
        "Accept-Ranges, Age, Content-Disposition, Content-Range, Deprecation, ETag, Link, Location, OData-Version, Preference-Applied, Publication-Revision, Repr-Digest, Retry-After";

    private const string PreflightMaxAgeSeconds = "86400";

    // One year. Other hosts of the domain may belong to other services, so includeSubDomains and preload are the domain owner's decision.
    private const string StrictTransportSecurity = "max-age=31536000";

    private const int RetryAfterSeconds = 60;

    private readonly PublicUrl publicUrl = publicUrl ?? new PublicUrl();

    /// <summary>Executes one request.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="allowedMethods">Methods of the resource, listed by OPTIONS; others are rejected with 405.</param>
    /// <param name="handler">Creates the whole reply to an allowed method; HEAD is handled like GET.</param>
    /// <param name="formatProblem">Converts errors to the format of the route; null for problem+json (RFC 9457).</param>
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
            // The client has disconnected, which is not an error.
        }
        catch (Exception exception)
        {
            if (exception is StorageUnavailableException)
            {
                LogStorageUnavailable(context.Request.Method, context.Request.Path, exception.Message);
            }
            else if (exception is not BadHttpRequestException)
            {
                LogFailure(exception, context.Request.Method, context.Request.Path);
            }

            if (context.Response.HasStarted)
            {
                // An aborted connection shows the client that the content is incomplete.
                context.Abort();
                return;
            }

            context.Response.Clear();
            await WriteAsync(context, allowedMethods, FormatProblem(ToProblem(exception).ToReply()), cancellationToken);
        }
    }

    private async ValueTask<Reply> CreateReplyAsync(
        HttpRequest request,
        AllowedMethods allowedMethods,
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> handler,
        CancellationToken cancellationToken)
    {
        if (!allowedMethods.Contains(request.Method))
            return new HttpProblem(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed. Allowed methods: {allowedMethods.AllowHeader}.")
                .ToReply()
                .WithHeader("Allow", allowedMethods.AllowHeader);
        if (HttpMethods.IsOptions(request.Method))
        {
            return CreateOptionsReply(allowedMethods);
        }

        if (await CheckRevisionAsync(request, cancellationToken) is { } problem)
        {
            return problem.ToReply();
        }

        return WithAge(ReplyWriter.ApplyConditions(request, await handler(request, cancellationToken)));
    }

    /// <summary>Loads the revision that the client has already seen on another instance, so that it never reads an earlier one.</summary>
    private async ValueTask<HttpProblem?> CheckRevisionAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (currentPublication is null || request.Headers[RevisionAtLeastHeader] is not { Count: > 0 } value)
        {
            return null;
        }

        if (PathSegments.ParseNumber(value.ToString()) is not { } revision)
        {
            return HttpProblem.BadRequest($"{RevisionAtLeastHeader} must be a revision, a whole number from 1; got '{value}'.");
        }

        var latest = await currentPublication.GetAtLeastAsync(revision, cancellationToken);
        return latest?.Revision >= revision
            ? null
            : new HttpProblem(StatusCodes.Status412PreconditionFailed, $"{RevisionAtLeastHeader} requires revision {revision}, but the latest revision is {latest?.Revision ?? 0}.");
    }

    /// <summary>Adds the age of a reply of the current revision (RFC 9111, 5.1) if the last check for a newer one failed.</summary>
    private Reply WithAge(Reply reply) => IsOfCurrentRevision(reply) && currentPublication?.Age is { } age
        ? reply.WithHeader("Age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        : reply;

    // Replies that are never cached, such as those with now(), have no cache policy of their own but a revision.
    private static bool IsOfCurrentRevision(Reply reply) =>
        reply.CacheControl == CachePolicy.Latest || (reply.CacheControl == CachePolicy.NoStore && reply.Headers.Any(header => header.Name == Reply.RevisionHeader));

    private static Reply MergeHeaders(Reply problem, Reply formatted)
    {
        var merged = formatted with { Headers = formatted.Headers.AddRange(problem.Headers) };
        return merged.Status == StatusCodes.Status503ServiceUnavailable ? merged.WithRetryAfter(RetryAfterSeconds) : merged;
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

        // RFC 6797, 7.2: the header must not be sent over http.
        if (publicUrl.IsHttps(context.Request))
        {
            context.Response.Headers.StrictTransportSecurity = StrictTransportSecurity;
        }

        return ReplyWriter.WriteAsync(context, Deprecation.AddHeaders(deprecations ?? [], context.Request.Path.Value ?? "", reply), cancellationToken);
    }

    private static HttpProblem ToProblem(Exception exception) => exception switch
    {
        BadHttpRequestException badRequest => new(badRequest.StatusCode, "The request is not valid HTTP: " + badRequest.Message),
        StorageUnavailableException { IsOutcomeUnknown: true } => new(
            StatusCodes.Status503ServiceUnavailable,
            "The storage is unavailable, and the change may have been applied. Read the resource in a minute, and repeat the change only if it was not applied."),
        StorageUnavailableException => new(
            StatusCodes.Status503ServiceUnavailable, "The storage is unavailable. Try again in a minute."),
        _ => new(StatusCodes.Status500InternalServerError, "An internal error occurred and was logged. Try again later."),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} failed because the storage is unavailable: {Reason}")]
    private partial void LogStorageUnavailable(string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailure(Exception exception, string method, string path);
}

/// <summary>Records route, method, status, bytes and duration of a request in traces and metrics; nothing about the client or the query.</summary>
internal sealed class RequestTelemetry(HttpContext context) : IDisposable
{
    // Code of nginx for a client that disconnected; no standard code exists.
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

    /// <summary>Gets the first segment of the path. Only paths of triggers get here, so there are few.</summary>
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
