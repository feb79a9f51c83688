using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>
/// What editors read and write: <c>/register/…</c> with a function key, which the host checks, and the same below
/// <c>/entra/register/…</c> with a bearer token, which is checked here.
/// </summary>
public sealed class RegisterEndpoint
{
    /// <summary>With a function key.</summary>
    public const string KeyRoot = "/register";

    /// <summary>With a token.</summary>
    public const string TokenRoot = "/entra/register";

    private const string KeyField = "x-functions-key";
    private const string KeyOption = "code";
    private const string Bearer = "Bearer ";

    private static readonly AllowedMethods Any = new(
        crossOrigin: false, HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options);

    private readonly Boundary boundary;
    private readonly EditorKeys keys;
    private readonly EditorTokens? tokens;
    private readonly RefreshEndpoint refresh;
    private readonly OfficeResources offices;
    private readonly ImportResources imports;
    private readonly AuditResource audit;

    /// <param name="tokens">Null where the settings name no provider: then no token is taken.</param>
    public RegisterEndpoint(
        Boundary boundary,
        EditingOptions options,
        EditorKeys keys,
        RefreshEndpoint refresh,
        RegisterEditor editor,
        Importer importer,
        ImportStore importStore,
        IRegisterStore register,
        TimeProvider time,
        EditorTokens? tokens = null)
    {
        this.boundary = boundary;
        this.keys = keys;
        this.tokens = tokens;
        this.refresh = refresh;
        offices = new OfficeResources(editor, register, time, options.MaxBodyBytes);
        imports = new ImportResources(importer, importStore, options);
        audit = new AuditResource(register);
    }

    private delegate ValueTask<Reply> Answer(RegisterCall call, CancellationToken cancellationToken);

    /// <summary>Answers a request whose function key the host has checked.</summary>
    public Task AnswerByKeyAsync(HttpContext context)
    {
        var (methods, answer) = Resource(Segments(context.Request, KeyRoot));
        return boundary.AnswerAsync(context, methods, (request, cancel) => ReplyAsync(
            answer, new RegisterCall(request, keys.Of(request.Headers[KeyField]), KeyRoot), cancel));
    }

    /// <summary>Answers a request that nobody has checked yet.</summary>
    public Task AnswerByTokenAsync(HttpContext context)
    {
        var (methods, answer) = Resource(Segments(context.Request, TokenRoot));
        return boundary.AnswerAsync(context, methods, async (request, cancel) =>
        {
            var (editor, refusal) = await EditorAsync(request, cancel);
            return refusal ?? await ReplyAsync(answer, new RegisterCall(request, editor!, TokenRoot), cancel);
        });
    }

    // The host leaves %2F as it is, and decodes everything else.
    private static string[] Segments(HttpRequest request, string root) =>
        [.. (request.Path.Value ?? "")[root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(segment => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];

    private (AllowedMethods Methods, Answer Answer) Resource(string[] segments) => segments switch
    {
        ["offices"] => (AllowedMethods.Look, offices.ListAsync),
        ["offices", var id] => (AllowedMethods.LookOrEdit, (call, cancel) => offices.OfficeAsync(call, id, cancel)),
        ["offices", var id, "events"] => (AllowedMethods.LookOrPost, (call, cancel) => offices.EventsAsync(call, id, cancel)),
        ["offices", var id, "events", var number] when Number(number) is { } one =>
            (AllowedMethods.LookOrEdit, (call, cancel) => offices.EventAsync(call, id, one, cancel)),
        ["imports"] => (AllowedMethods.LookOrPost, (call, cancel) => call.IsRead ? imports.ListAsync(call, cancel) : imports.ImportAsync(call, cancel)),
        ["imports", var id] => (AllowedMethods.Look, (call, cancel) => imports.ProgressAsync(call, id, cancel)),
        ["imports", var id, "retry"] => (AllowedMethods.Post, (call, cancel) => imports.RetryAsync(call, id, cancel)),
        ["audit"] => (AllowedMethods.Look, audit.ListAsync),
        ["export"] => (AllowedMethods.Look, offices.ExportAsync),
        ["refresh"] => (AllowedMethods.Post, (call, cancel) => refresh.ReplyAsync(call.Request, cancel)),
        _ => (Any, (call, _) => ValueTask.FromResult(NotFound(call))),
    };

    // One way to write a number, so that every event has one address.
    private static int? Number(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && segment[0] != '0' ? number : null;

    private static Reply NotFound(RegisterCall call) => new HttpProblem(
        StatusCodes.Status404NotFound,
        $"There is nothing at '{call.Request.Path}'; there are offices, offices/{{id}}, offices/{{id}}/events, offices/{{id}}/events/{{number}}, "
        + $"imports, imports/{{id}}, imports/{{id}}/retry, audit, export and refresh below {call.Root}/.").ToReply();

    private static async ValueTask<Reply> ReplyAsync(Answer answer, RegisterCall call, CancellationToken cancellationToken)
    {
        if (call.Request.Query.ContainsKey(KeyOption))
        {
            return new HttpProblem(StatusCodes.Status400BadRequest, $"Send the key in the field {KeyField}, never in the address: addresses end up in logs.").ToReply();
        }

        if (!(call.IsRead ? call.Editor.MayRead : call.Editor.MayWrite))
        {
            return new HttpProblem(
                StatusCodes.Status403Forbidden, call.IsRead
                    ? "The token has neither of the roles register.read and register.write."
                    : "The token has not the role register.write.").ToReply();
        }

        try
        {
            return await answer(call, cancellationToken);
        }
        catch (UnreadableEntryException unreadable)
        {
            return OfficeResources.Unreadable(unreadable).ToReply();
        }
    }

    // RFC 6750, 3: what kind of credential is asked for and, where one was sent, what is wrong with it.
    private async ValueTask<(Editor? Editor, Reply? Refusal)> EditorAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (tokens is null)
        {
            return (null, new HttpProblem(
                StatusCodes.Status404NotFound, $"Tokens are not taken here: the settings name no provider (Editing:Authority). With a function key: {KeyRoot}/.").ToReply());
        }

        var field = request.Headers.Authorization.ToString();
        if (!field.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return (null, Unauthorized("An access token is needed: Authorization: Bearer ….", "Bearer"));
        }

        try
        {
            var (editor, whyNot) = await tokens.ReadAsync(field[Bearer.Length..].Trim(), cancellationToken);
            return editor is null ? (null, Unauthorized(whyNot!, "Bearer error=\"invalid_token\"")) : (editor, null);
        }
        catch (ProviderUnavailableException unavailable)
        {
            return (null, new HttpProblem(StatusCodes.Status503ServiceUnavailable, unavailable.Message + " Try again in a minute.").ToReply());
        }
    }

    private static Reply Unauthorized(string detail, string challenge) =>
        new HttpProblem(StatusCodes.Status401Unauthorized, detail).ToReply().With("WWW-Authenticate", challenge);
}
