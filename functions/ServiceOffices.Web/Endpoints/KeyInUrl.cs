using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Refuses keys in the query string, which the Functions host accepts: URLs are logged and shared.</summary>
internal static class KeyInUrl
{
    private const string QueryOption = "code";

    /// <summary>Gets the problem of a request whose query string has a key, valid or not; null if it has none.</summary>
    public static HttpProblem? Refuse(HttpRequest request) => request.Query.ContainsKey(QueryOption)
        ? HttpProblem.BadRequest($"Send the key in the header {RegisterEndpoint.KeyHeader}, not in the URL: URLs are logged. Replace a key that was sent in a URL.")
        : null;
}
