using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Access;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// The resources of editors: <c>/register/…</c> with a function key, which the host verifies, and the same below
/// <c>/entra/register/…</c> with a bearer token, which is verified here.
/// </summary>
public sealed class RegisterEndpoint
{
    /// <summary>Root path for requests with a function key.</summary>
    public const string KeyRootPath = "/register";

    /// <summary>Root path for requests with a bearer token.</summary>
    public const string TokenRootPath = "/entra/register";

    /// <summary>Name of the request header with a function key.</summary>
    public const string KeyHeader = "x-functions-key";

    private const string BearerPrefix = "Bearer ";

    // RFC 9110, 11.6.1 requires a challenge. No registered scheme is a key in a header of its own.
    private const string KeyChallenge = $"ApiKey realm=\"register\", header=\"{KeyHeader}\"";

    private static readonly AllowedMethods AnyMethod = new(
        allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options);

    private readonly RequestPipeline pipeline;
    private readonly EditorKeys keys;
    private readonly EditorTokenValidator? tokenValidator;
    private readonly FailedKeyLimiter failedKeys;
    private readonly RefreshEndpoint refresh;
    private readonly OfficeHandler offices;
    private readonly ImportHandler imports;
    private readonly AuditHandler audit;

    /// <param name="tokenValidator">Null if no provider is configured; then bearer tokens are not accepted.</param>
    public RegisterEndpoint(
        RequestPipeline pipeline,
        EditingOptions options,
        EditorKeys keys,
        RefreshEndpoint refresh,
        RegisterEditor editor,
        Importer importer,
        ImportStore importStore,
        IRegisterStore register,
        TimeProvider time,
        FailedKeyLimiter failedKeys,
        RequestContentLimiter contentLimiter,
        EditorTokenValidator? tokenValidator = null)
    {
        this.pipeline = pipeline;
        this.keys = keys;
        this.tokenValidator = tokenValidator;
        this.failedKeys = failedKeys;
        this.refresh = refresh;
        IdempotencyKeys idempotencyKeys = new();
        offices = new OfficeHandler(editor, register, time, contentLimiter, idempotencyKeys, options.MaxBodyBytes);
        imports = new ImportHandler(importer, importStore, contentLimiter, idempotencyKeys, options);
        audit = new AuditHandler(register);
    }

    private delegate ValueTask<Reply> Handler(RegisterContext registerContext, CancellationToken cancellationToken);

    /// <summary>Handles a request whose function key the host has verified.</summary>
    public Task HandleByKeyAsync(HttpContext context)
    {
        var (methods, handler) = FindRoute(GetSegments(context.Request, KeyRootPath));
        return pipeline.ExecuteAsync(context, methods, (request, cancellation) => CreateReplyAsync(
            handler, new RegisterContext(request, keys.GetEditor(request.Headers[KeyHeader]), KeyRootPath), cancellation));
    }

    /// <summary>Handles a request without a valid function key, in a host that lets this class write the reply.</summary>
    public Task HandleUnauthorizedAsync(HttpContext context) => pipeline.ExecuteAsync(context, new(allowsCrossOrigin: false, context.Request.Method), (_, _) => ValueTask.FromResult(CreateUnauthorized(
        $"The function key is missing or not valid. Send it in the header {KeyHeader}, or use a token and a path below {TokenRootPath}.", KeyChallenge)));

    /// <summary>Handles a request with a bearer token that is not verified yet.</summary>
    public Task HandleByTokenAsync(HttpContext context)
    {
        var (methods, handler) = FindRoute(GetSegments(context.Request, TokenRootPath));
        return pipeline.ExecuteAsync(context, methods, async (request, cancellation) =>
        {
            return (await AuthenticateAsync(request, cancellation)).TryGetValue(out var editor, out var refusal)
                ? await CreateReplyAsync(handler, new RegisterContext(request, editor, TokenRootPath), cancellation)
                : refusal;
        });
    }

    // The host decodes everything except %2F.
    private static string[] GetSegments(HttpRequest request, string root) =>
        [.. PathSegments.Split(request, root)
            .Select(segment => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];

    private (AllowedMethods Methods, Handler Handler) FindRoute(string[] segments) => segments switch
    {
        ["offices"] => (AllowedMethods.ReadOnly, offices.ListAsync),
        ["offices", var id] => (AllowedMethods.ReadWrite, (registerContext, cancellation) => offices.HandleAsync(registerContext, id, null, cancellation)),
        ["offices", var id, "events"] => (AllowedMethods.ReadAndPost, (registerContext, cancellation) => offices.HandleEventsAsync(registerContext, id, cancellation)),
        ["offices", var id, "events", var number] when PathSegments.ParseNumber(number) is { } eventNumber and <= int.MaxValue =>
            (AllowedMethods.ReadWrite, (registerContext, cancellation) => offices.HandleAsync(registerContext, id, (int)eventNumber, cancellation)),
        ["imports"] => (AllowedMethods.ReadAndPost, (registerContext, cancellation) => registerContext.IsRead ? imports.ListAsync(registerContext, cancellation) : imports.ImportAsync(registerContext, cancellation)),
        ["imports", var id] => (AllowedMethods.ReadOnly, (registerContext, cancellation) => imports.GetProgressAsync(registerContext, id, cancellation)),
        ["imports", var id, "retry"] => (AllowedMethods.Post, (registerContext, cancellation) => imports.RetryAsync(registerContext, id, cancellation)),
        ["audit"] => (AllowedMethods.ReadOnly, audit.ListAsync),
        ["export"] => (AllowedMethods.ReadOnly, offices.ExportAsync),
        ["refresh"] => (AllowedMethods.Post, (registerContext, cancellation) => refresh.CreateReplyAsync(registerContext.Request, cancellation)),
        _ => (AnyMethod, (registerContext, _) => ValueTask.FromResult(NotFound(registerContext))),
    };

    private static Reply NotFound(RegisterContext registerContext) => HttpProblem.NotFound(
        $"'{registerContext.Request.Path}' does not exist. Available below {registerContext.RootPath}/: offices, offices/{{id}}, offices/{{id}}/events, "
        + "offices/{id}/events/{number}, imports, imports/{id}, imports/{id}/retry, audit, export, refresh.").ToReply();

    private static async ValueTask<Reply> CreateReplyAsync(Handler handler, RegisterContext registerContext, CancellationToken cancellationToken)
    {
        if (KeyInUrl.Refuse(registerContext.Request) is { } problem)
        {
            return problem.ToReply();
        }

        if (!(registerContext.IsRead ? registerContext.Editor.CanRead : registerContext.Editor.CanWrite))
        {
            return new HttpProblem(
                StatusCodes.Status403Forbidden, registerContext.IsRead
                    ? "The token has neither the role register.read nor the role register.write."
                    : "The token does not have the role register.write.").ToReply();
        }

        try
        {
            return await handler(registerContext, cancellationToken);
        }
        catch (UnreadableEntryException unreadable)
        {
            return OfficeHandler.CreateUnreadableProblem(unreadable).ToReply();
        }
    }

    // RFC 6750, 3: the challenge states the required scheme and, if a token was sent, the error.
    private async ValueTask<Result<Editor, Reply>> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (tokenValidator is null)
        {
            return HttpProblem.NotFound($"This deployment does not accept bearer tokens (Editing:Authority is not set). Use a function key below {KeyRootPath}/.").ToReply();
        }

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return CreateUnauthorized("An access token is required: Authorization: Bearer ….", "Bearer");
        }

        if (failedKeys.IsBlocked(request.HttpContext))
        {
            return new HttpProblem(StatusCodes.Status429TooManyRequests, failedKeys.Description).ToReply().WithRetryAfter(FailedKeyLimiter.WindowSeconds);
        }

        try
        {
            var validated = await tokenValidator.ValidateAsync(header[BearerPrefix.Length..].Trim(), cancellationToken);
            if (validated.TryGetValue(out var editor, out var rejection))
            {
                return editor;
            }

            failedKeys.RecordFailure(request.HttpContext);
            return CreateUnauthorized(rejection, "Bearer error=\"invalid_token\"");
        }
        catch (IdentityProviderUnavailableException unavailable)
        {
            return new HttpProblem(StatusCodes.Status503ServiceUnavailable, unavailable.Message + " Try again in a minute.").ToReply();
        }
    }

    private static Reply CreateUnauthorized(string detail, string challenge) =>
        new HttpProblem(StatusCodes.Status401Unauthorized, detail).ToReply().WithHeader("WWW-Authenticate", challenge);
}

/// <summary>An authorized request of an editor.</summary>
/// <param name="RootPath">Root path of the resources, such as <c>/register</c>.</param>
internal sealed record RegisterContext(HttpRequest Request, Editor Editor, string RootPath)
{
    public const string ReasonOption = "reason";
    private const int MaxReasonLength = 500;

    public bool IsRead => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    /// <summary>Gets the reason stated by the editor, or null.</summary>
    public string? Reason => Request.Query[ReasonOption] is [{ Length: > 0 } reason] ? reason : null;

    public Signature CreateSignature(TimeProvider time) => new(Editor.Name, time.GetUtcNow(), Reason);

    /// <summary>Gets the problem of an option with two values, or null.</summary>
    public HttpProblem? ValidateChoice(string option, string first, string second) =>
        Request.Query[option] is [var value] && value != first && value != second
            ? HttpProblem.BadRequest($"{option} must be {first} or {second}; got '{value}'.")
            : null;

    /// <summary>Gets the problem of the query options, or null.</summary>
    public HttpProblem? ValidateOptions(params ReadOnlySpan<string> allowed) =>
        QueryOptionValidator.Validate(Request, allowed)
        ?? (Reason is { } reason && (reason.Length > MaxReasonLength || string.IsNullOrWhiteSpace(reason) || reason.Any(char.IsControl))
            ? HttpProblem.BadRequest($"{ReasonOption} must be a single line of 1 to {MaxReasonLength} characters.")
            : null);
}
