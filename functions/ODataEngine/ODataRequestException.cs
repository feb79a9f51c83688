namespace ODataEngine;

/// <summary>A request that cannot be answered: it is invalid, refers to something that does not exist, exceeds a limit or is not supported.</summary>
/// <param name="status">The HTTP status of the response.</param>
/// <param name="code">One of <see cref="ODataErrorCodes"/>.</param>
/// <param name="message">A sentence that states the problem, its position and what is allowed.</param>
/// <param name="target">The part of the request that caused the error, such as <c>$filter</c>.</param>
public sealed class ODataRequestException(int status, string code, string message, string? target = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Target { get; } = target;
}
