using System.Text.Json;

namespace ServiceOffices.LocalHost;

/// <summary>What this host obeys of the Functions app's host.json.</summary>
internal static class HostJson
{
    // What Functions uses where host.json says nothing.
    private const string DefaultRoutePrefix = "api";

    /// <summary>extensions.http.routePrefix of a host.json's text.</summary>
    public static string ReadRoutePrefix(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
                ? prefix.GetString()!
                : DefaultRoutePrefix;
    }
}
