using System.Buffers.Text;
using System.Text;

namespace ODataEngine.Protocol.Negotiation;

/// <summary>
/// The status monitor of an asynchronous read (<c>Prefer: respond-async</c>, OData 4.01 Part 1, 11.6). Its URL contains
/// the whole request, so that any instance can execute it when the URL is requested: no state is stored, and a
/// request is executed only if its result is requested.
/// </summary>
internal static class StatusMonitor
{
    private const string PathPrefix = "$async/";

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
