using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

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
