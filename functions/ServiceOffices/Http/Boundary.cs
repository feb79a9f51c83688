using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>
/// The edge of the service: answers methods and preflights, runs an endpoint, writes its reply, and is the one place where
/// an exception becomes an answer. A client that left gets none.
/// </summary>
public sealed partial class Boundary(ILogger<Boundary> logger, IReadOnlyList<Ageing>? ageing = null)
{
    // Content-Length, Content-Type, Cache-Control and Last-Modified are readable without being named (Fetch, 3.3.8).
    private const string ExposedHeaders =
        "Accept-Ranges, Content-Disposition, Content-Range, Deprecation, ETag, Link, Location, OData-Version, Preference-Applied, Publication-Revision, Repr-Digest, Retry-After";

    private const string PreflightMaxAgeSeconds = "86400";

    private const string RetryAfterSeconds = "60";

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request and where its answer goes.</param>
    /// <param name="allowed">The resource's methods: OPTIONS tells them, others are refused with 405.</param>
    /// <param name="answer">The endpoint: the whole reply to a GET, HEAD (as to GET) or another allowed method.</param>
    /// <param name="problems">The form of errors; problem+json (RFC 9457) where null.</param>
    public async Task AnswerAsync(
        HttpContext context,
        AllowedMethods allowed,
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> answer,
        Func<HttpProblem, Reply>? problems = null)
    {
        using var telemetry = new RequestTelemetry(context);
        var cancellationToken = context.RequestAborted;
        Reply Written(Reply reply) => reply.Problem is { } problem
            ? InForm(reply, problems is null ? problem.ToJson(context.Request.Path) : problems(problem))
            : reply;

        try
        {
            var reply = await ReplyAsync(context.Request, allowed, answer, cancellationToken);
            await WriteAsync(context, allowed, Written(reply), cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The client left: nobody reads an answer, and leaving is no fault.
        }
        catch (Exception exception)
        {
            if (exception is StorageUnavailableException)
            {
                LogStorageAway(context.Request.Method, context.Request.Path, exception.Message);
            }
            else LogFailure(exception, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                // A cut connection tells the client that the content is not whole.
                context.Abort();
                return;
            }

            context.Response.Clear();
            await WriteAsync(context, allowed, Written(ProblemOf(exception).ToReply()), cancellationToken);
        }
    }

    private static async ValueTask<Reply> ReplyAsync(
        HttpRequest request,
        AllowedMethods allowed,
        Func<HttpRequest, CancellationToken, ValueTask<Reply>> answer,
        CancellationToken cancellationToken)
    {
        if (!allowed.Contains(request.Method))
            return new HttpProblem(StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed here; allowed: {allowed.Header}.")
                .ToReply()
                .With("Allow", allowed.Header);
        if (HttpMethods.IsOptions(request.Method))
        {
            return Options(allowed);
        }

        return ReplyWriter.Shape(request, await answer(request, cancellationToken));
    }

    private static Reply InForm(Reply problem, Reply form)
    {
        var written = form with { Headers = form.Headers.AddRange(problem.Headers) };
        return written.Status == StatusCodes.Status503ServiceUnavailable ? written.With("Retry-After", RetryAfterSeconds) : written;
    }

    private static Reply Options(AllowedMethods allowed)
    {
        var reply = new Reply { Status = StatusCodes.Status204NoContent }.With("Allow", allowed.Header);
        return allowed.CrossOrigin
            ? reply
                .With("Access-Control-Allow-Methods", allowed.Header)
                .With("Access-Control-Allow-Headers", "*")
                .With("Access-Control-Max-Age", PreflightMaxAgeSeconds)
            : reply;
    }

    private ValueTask WriteAsync(HttpContext context, AllowedMethods allowed, Reply reply, CancellationToken cancellationToken)
    {
        if (allowed.CrossOrigin)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = ExposedHeaders;
        }

        return ReplyWriter.WriteAsync(context, Ageing.Announce(ageing ?? [], context.Request.Path.Value ?? "", reply), cancellationToken);
    }

    private static HttpProblem ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => new(bad.StatusCode, "The request could not be read as HTTP."),
        StorageUnavailableException => new(
            StatusCodes.Status503ServiceUnavailable, "The storage behind this service does not answer. Try again in a minute."),
        _ => new(StatusCodes.Status500InternalServerError, "The service failed to answer. The failure is logged; try again later."),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not be answered: {Reason}")]
    private partial void LogStorageAway(string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailure(Exception exception, string method, string path);
}
