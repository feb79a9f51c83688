using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// The request header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a client that does not know whether its request was executed
/// sends it again with the same key, and the request is executed once.
/// </summary>
internal sealed partial class IdempotencyKeys
{
    public const string HeaderName = "Idempotency-Key";

    private const int RetryAfterSeconds = 2;

    private readonly ConcurrentDictionary<string, bool> inProgress = new(StringComparer.Ordinal);

    // A string item of a structured field (RFC 9651, 3.3.3): printable ASCII, with a backslash before a quote and a backslash.
    [GeneratedRegex("""\A"(?:[ !#-\[\]-~]|\\["\\]){1,200}"\z""")]
    private static partial Regex QuotedKey { get; }

    /// <summary>
    /// Executes a request that is not idempotent by itself. While a request with the same key and editor is being executed, the reply is 409.
    /// </summary>
    /// <param name="execute">Receives the identity of the request; null if the client sent no key.</param>
    public async ValueTask<Reply> ExecuteAsync(RegisterContext context, ReadOnlyMemory<byte> content, Func<RepeatableRequest?, ValueTask<Reply>> execute)
    {
        if (!context.Request.Headers.TryGetValue(HeaderName, out var values))
        {
            return await execute(null);
        }

        if (values is not [{ } value] || !QuotedKey.IsMatch(value.Trim()))
        {
            return HttpProblem.BadRequest(
                $"{HeaderName} must be one string of 1 to 200 ASCII characters in quotes, such as \"8e03978e-40d5-43e8-bc93-6894a57f9324\"; got '{values}'.").ToReply();
        }

        var key = Hash($"{context.Editor.Name}\n{context.Request.Path}\n{value.Trim()}", default);
        if (!inProgress.TryAdd(key, true))
        {
            return new HttpProblem(
                StatusCodes.Status409Conflict, $"A request with the same {HeaderName} is still being processed. Send this request again in a few seconds.")
                .ToReply().WithRetryAfter(RetryAfterSeconds);
        }

        try
        {
            return await execute(new RepeatableRequest(key, Hash($"{context.Request.ContentType}\n{context.Request.QueryString}\n", content.Span)));
        }
        finally
        {
            inProgress.TryRemove(key, out _);
        }
    }

    /// <summary>Creates the problem of a key that another request had.</summary>
    public static HttpProblem CreateReusedProblem() => new(
        StatusCodes.Status422UnprocessableEntity,
        $"Another request with a different content or different query options had the same {HeaderName}. Nothing was written. Send a new key with each new request.");

    private static string Hash(string text, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
