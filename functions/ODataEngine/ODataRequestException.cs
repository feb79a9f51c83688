namespace ODataEngine;

/// <summary>A query that cannot be answered: malformed, about something that is not there, over a limit, or not supported.</summary>
/// <param name="status">The HTTP status that says so: 400, 404, 410, 413, 414 or 501.</param>
/// <param name="code">A short stable name of the kind of error, such as <c>UnknownProperty</c>.</param>
/// <param name="message">What is wrong, where, and what is allowed.</param>
/// <param name="target">The part of the request at fault, such as <c>$filter</c>.</param>
public sealed class ODataRequestException(int status, string code, string message, string? target = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Target { get; } = target;
}
