using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ODataEngine.Execution;
using ODataEngine.Protocol.Batch;
using ODataEngine.Protocol.Json;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>
/// The status monitor of an asynchronous read (<c>Prefer: respond-async</c>, OData 4.01 Part 1, 11.6). Its URL contains
/// the whole request, so that any instance can execute it when the URL is requested: no state is stored, and a
/// request is executed only if its result is requested.
/// </summary>
internal static class StatusMonitor
{
    private const string PathPrefix = "$async/";
    private const string HttpType = "application/http";

    // Without Prefer, whose respond-async has been applied.
    private static readonly string[] HeaderNames = [.. SelectingHeaders.Vary.Where(name => name != "Prefer")];

    public static ODataResponse CreateAcceptedResponse(ODataRequest request, bool isVersion401)
    {
        var parts = ((string[])[request.Path, request.Query]).Concat(HeaderNames.Select(headerName => request.GetHeader(headerName) ?? ""));
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return new ODataResponse
        {
            Status = 202,
            Headers =
            [
                ("OData-Version", isVersion401 ? "4.01" : "4.0"),
                ("Location", request.ServiceRoot.AbsoluteUri + PathPrefix + token),
                ("Preference-Applied", "respond-async"),
                ("Retry-After", "0"),
            ],
        };
    }

    /// <summary>
    /// Creates the response of the status monitor once the request has completed: always 200, either with the whole response as an
    /// HTTP message, or with its headers and content and its status in AsyncResult (11.6 and 8.3.1).
    /// </summary>
    /// <param name="monitor">The request for the status monitor, whose headers select one of the two.</param>
    /// <param name="isVersion401">True if the client of the status monitor accepts OData 4.01.</param>
    /// <param name="budget">Limits the memory of the HTTP message.</param>
    /// <exception cref="ODataRequestException">400: the message exceeds MaxMemoryBytes.</exception>
    public static async ValueTask<ODataResponse> CreateResponseAsync(
        ODataRequest monitor, ODataResponse response, bool isVersion401, QueryBudget budget, CancellationToken cancellationToken)
    {
        var accept = monitor.GetHeader("Accept");
        var asyncResult = ("AsyncResult", response.Status.ToString(CultureInfo.InvariantCulture));
        var isHttpMessage = string.IsNullOrWhiteSpace(accept) ? !isVersion401 : MediaRange.Parse(accept).Any(range => range is { Type: HttpType, Quality: > 0 });
        if (!isHttpMessage)
        {
            return response with
            {
                Status = 200,
                Headers = [.. response.Headers, asyncResult],
                Vary = SelectingHeaders.Vary,
            };
        }

        var message = new ChunkedBufferWriter(budget);
        HttpMessageWriter.Write(message, await BufferAsync(response, budget, cancellationToken));
        return new ODataResponse
        {
            Status = 200,
            ContentType = HttpType,
            Content = message.Content,
            // A 4.01 response has the header in both forms.
            Headers = isVersion401 ? [("OData-Version", "4.01"), asyncResult] : [("OData-Version", "4.0")],
            Vary = SelectingHeaders.Vary,
        };
    }

    // The content of a file is written to a stream.
    private static async ValueTask<ODataResponse> BufferAsync(ODataResponse response, QueryBudget budget, CancellationToken cancellationToken)
    {
        if (response.WriteContentAsync is not { } writeAsync)
        {
            return response;
        }

        var content = new ChunkedBufferWriter(budget);
        await using var stream = new BufferWriterStream(content);
        await writeAsync(stream, cancellationToken);
        return response with { Content = content.Content, WriteContentAsync = null };
    }

    /// <summary>Gets the request that the URL of a status monitor contains; null if the URL is not of a status monitor.</summary>
    /// <exception cref="ODataRequestException">404: the status monitor is invalid.</exception>
    public static ODataRequest? FindRequest(ODataRequest request)
    {
        if (!request.Path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(request.Path.AsSpan(PathPrefix.Length))).Split('\n');
            if (parts.Length == 2 + HeaderNames.Length)
            {
                return request with
                {
                    Method = "GET",
                    Path = parts[0],
                    Query = parts[1],
                    GetHeader = name => Array.FindIndex(HeaderNames, headerName => headerName.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var i
                        ? (parts[2 + i].Length == 0 ? null : parts[2 + i])
                        : null,
                };
            }
        }
        catch (FormatException)
        {
            // Not created by this service.
        }

        throw ODataErrors.NotFound("The status monitor does not exist. Send the request again.");
    }
}
