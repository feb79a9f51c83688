using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Access;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// What editors read and write: <c>/register/…</c> with a function key, which the host checks, and the same below
/// <c>/entra/register/…</c> with a bearer token, which is checked here.
/// </summary>
public sealed class RegisterEndpoint
{
    /// <summary>With a function key.</summary>
    public const string KeyRootPath = "/register";

    /// <summary>With a token.</summary>
    public const string TokenRootPath = "/entra/register";

    private const string KeyHeader = "x-functions-key";
    private const string KeyQueryOption = "code";
    private const string BearerPrefix = "Bearer ";

    private static readonly AllowedMethods AnyMethod = new(
        allowsCrossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options);

    private readonly RequestPipeline pipeline;
    private readonly EditorKeys keys;
    private readonly EditorTokenValidator? tokenValidator;
    private readonly RefreshEndpoint refresh;
    private readonly OfficeHandler offices;
    private readonly ImportHandler imports;
    private readonly AuditHandler audit;

    /// <param name="tokenValidator">Null where the settings name no provider: then no token is taken.</param>
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
        EditorTokenValidator? tokenValidator = null)
    {
        this.pipeline = pipeline;
        this.keys = keys;
        this.tokenValidator = tokenValidator;
        this.refresh = refresh;
        offices = new OfficeHandler(editor, register, time, options.MaxBodyBytes);
        imports = new ImportHandler(importer, importStore, options);
        audit = new AuditHandler(register);
    }

    private delegate ValueTask<Reply> Handler(RegisterContext registerContext, CancellationToken cancellationToken);

    /// <summary>Answers a request whose function key the host has checked.</summary>
    public Task HandleByKeyAsync(HttpContext context)
    {
        var (methods, handler) = FindRoute(GetSegments(context.Request, KeyRootPath));
        return pipeline.ExecuteAsync(context, methods, (request, cancellation) => CreateReplyAsync(
            handler, new RegisterContext(request, keys.GetEditor(request.Headers[KeyHeader]), KeyRootPath), cancellation));
    }

    /// <summary>Answers a request that nobody has checked yet.</summary>
    public Task HandleByTokenAsync(HttpContext context)
    {
        var (methods, handler) = FindRoute(GetSegments(context.Request, TokenRootPath));
        return pipeline.ExecuteAsync(context, methods, async (request, cancellation) =>
        {
            var (editor, rejection) = await AuthenticateAsync(request, cancellation);
            return rejection ?? await CreateReplyAsync(handler, new RegisterContext(request, editor!, TokenRootPath), cancellation);
        });
    }

    // The host leaves %2F as it is, and decodes everything else.
    private static string[] GetSegments(HttpRequest request, string root) =>
        [.. (request.Path.Value ?? "")[root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(segment => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];

    private (AllowedMethods Methods, Handler Answer) FindRoute(string[] segments) => segments switch
    {
        ["offices"] => (AllowedMethods.ReadOnly, offices.ListAsync),
        ["offices", var id] => (AllowedMethods.ReadWrite, (registerContext, cancellation) => offices.HandleOfficeAsync(registerContext, id, cancellation)),
        ["offices", var id, "events"] => (AllowedMethods.ReadAndPost, (registerContext, cancellation) => offices.HandleEventsAsync(registerContext, id, cancellation)),
        ["offices", var id, "events", var number] when ParseEventNumber(number) is { } eventNumber =>
            (AllowedMethods.ReadWrite, (registerContext, cancellation) => offices.HandleEventAsync(registerContext, id, eventNumber, cancellation)),
        ["imports"] => (AllowedMethods.ReadAndPost, (registerContext, cancellation) => registerContext.IsRead ? imports.ListAsync(registerContext, cancellation) : imports.ImportAsync(registerContext, cancellation)),
        ["imports", var id] => (AllowedMethods.ReadOnly, (registerContext, cancellation) => imports.GetProgressAsync(registerContext, id, cancellation)),
        ["imports", var id, "retry"] => (AllowedMethods.Post, (registerContext, cancellation) => imports.RetryAsync(registerContext, id, cancellation)),
        ["audit"] => (AllowedMethods.ReadOnly, audit.ListAsync),
        ["export"] => (AllowedMethods.ReadOnly, offices.ExportAsync),
        ["refresh"] => (AllowedMethods.Post, (registerContext, cancellation) => refresh.CreateReplyAsync(registerContext.Request, cancellation)),
        _ => (AnyMethod, (registerContext, _) => ValueTask.FromResult(NotFound(registerContext))),
    };

    // One way to write a number, so that every event has one address.
    private static int? ParseEventNumber(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && segment[0] != '0' ? number : null;

    private static Reply NotFound(RegisterContext registerContext) => new HttpProblem(
        StatusCodes.Status404NotFound,
        $"There is nothing at '{registerContext.Request.Path}'; there are offices, offices/{{id}}, offices/{{id}}/events, offices/{{id}}/events/{{number}}, "
        + $"imports, imports/{{id}}, imports/{{id}}/retry, audit, export and refresh below {registerContext.RootPath}/.").ToReply();

    private static async ValueTask<Reply> CreateReplyAsync(Handler handler, RegisterContext registerContext, CancellationToken cancellationToken)
    {
        if (registerContext.Request.Query.ContainsKey(KeyQueryOption))
        {
            return new HttpProblem(StatusCodes.Status400BadRequest, $"Send the key in the field {KeyHeader}, never in the address: addresses end up in logs.").ToReply();
        }

        if (!(registerContext.IsRead ? registerContext.Editor.CanRead : registerContext.Editor.CanWrite))
        {
            return new HttpProblem(
                StatusCodes.Status403Forbidden, registerContext.IsRead
                    ? "The token has neither of the roles register.read and register.write."
                    : "The token has not the role register.write.").ToReply();
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

    // RFC 6750, 3: what kind of credential is asked for and, where one was sent, what is wrong with it.
    private async ValueTask<(Editor? Editor, Reply? Refusal)> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (tokenValidator is null)
        {
            return (null, new HttpProblem(
                StatusCodes.Status404NotFound, $"Tokens are not taken here: the settings name no provider (Editing:Authority). With a function key: {KeyRootPath}/.").ToReply());
        }

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return (null, CreateUnauthorized("An access token is needed: Authorization: Bearer ….", "Bearer"));
        }

        try
        {
            var (editor, rejectionReason) = await tokenValidator.ValidateAsync(header[BearerPrefix.Length..].Trim(), cancellationToken);
            return editor is null ? (null, CreateUnauthorized(rejectionReason!, "Bearer error=\"invalid_token\"")) : (editor, null);
        }
        catch (IdentityProviderUnavailableException unavailable)
        {
            return (null, new HttpProblem(StatusCodes.Status503ServiceUnavailable, unavailable.Message + " Try again in a minute.").ToReply());
        }
    }

    private static Reply CreateUnauthorized(string detail, string challenge) =>
        new HttpProblem(StatusCodes.Status401Unauthorized, detail).ToReply().WithHeader("WWW-Authenticate", challenge);
}

/// <summary>An editor's request, its sender known and allowed to send it.</summary>
/// <param name="RootPath">The path of the register's resources, such as <c>/register</c>.</param>
internal sealed record RegisterContext(HttpRequest Request, Editor Editor, string RootPath)
{
    public const string ReasonOption = "reason";
    private const int MaxReasonLength = 500;

    public bool IsRead => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    /// <summary>The editor's words, or null.</summary>
    public string? Reason => Request.Query[ReasonOption] is [{ Length: > 0 } reason] ? reason : null;

    public Signature CreateSignature(TimeProvider time) => new(Editor.Name, time.GetUtcNow(), Reason);

    /// <summary>What is wrong with the request's options, or null.</summary>
    public HttpProblem? ValidateOptions(params ReadOnlySpan<string> allowed) =>
        QueryOptionValidator.Validate(Request, allowed)
        ?? (Reason is { } reason && (reason.Length > MaxReasonLength || string.IsNullOrWhiteSpace(reason) || reason.Any(char.IsControl))
            ? new HttpProblem(StatusCodes.Status400BadRequest, $"{ReasonOption} must be a text of 1 to {MaxReasonLength} characters on one line.")
            : null);
}
