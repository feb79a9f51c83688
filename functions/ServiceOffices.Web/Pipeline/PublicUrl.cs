using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// The base URL for absolute links. Behind a gateway, a request contains the internal host name of the service, so a
/// configured URL takes precedence over that of the request.
/// </summary>
public sealed class PublicUrl
{
    private readonly string? configured;

    // The URL of most requests, which is validated once.
    private string lastBaseUrl = "http://localhost";

    /// <param name="configured">An absolute http or https URL, such as https://example.se; null to use that of each request.</param>
    /// <exception cref="ArgumentException">The URL is not an absolute http or https URL, or has a query or fragment.</exception>
    public PublicUrl(string? configured = null)
    {
        if (string.IsNullOrEmpty(configured))
        {
            return;
        }

        if (!Uri.TryCreate(configured, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query != "" || uri.Fragment != "")
            throw new ArgumentException($"The public URL must be an absolute http or https URL without query; got '{configured}'.", nameof(configured));
        this.configured = uri.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>Gets the base URL without a closing slash, such as http://localhost:7071.</summary>
    /// <exception cref="BadHttpRequestException">No URL is configured, and the Host header of the request is not a valid host.</exception>
    public string GetBaseUrl(HttpRequest request)
    {
        if (configured is not null)
        {
            return configured;
        }

        // A request in HTTP/1.0 need not name a host; it has been sent to the address of the connection.
        var baseUrl = $"{request.Scheme}://{(request.Host.HasValue ? request.Host.ToUriComponent() : GetLocalAddress(request.HttpContext.Connection))}";
        if (baseUrl == lastBaseUrl)
        {
            return baseUrl;
        }

        return Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && uri.UserInfo == ""
            ? lastBaseUrl = baseUrl
            : throw new BadHttpRequestException("The Host header is not a valid host.");
    }

    /// <summary>
    /// Determines whether the base URL of a request is configured, or is an address of this computer. Other host names are chosen by
    /// clients, so documents with them must not take the place of others in a cache.
    /// </summary>
    public bool IsOwnAddress(HttpRequest request) => configured is not null
        || request.Host.Host == "localhost"
        || (IPAddress.TryParse(request.Host.Host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(request.HttpContext.Connection.LocalIpAddress)));

    /// <summary>
    /// Determines whether the client uses https: as the request states, or, behind a gateway that ends TLS, as the configured URL states.
    /// A request to an address of this computer does not come from a gateway.
    /// </summary>
    public bool IsHttps(HttpRequest request) =>
        request.IsHttps || (configured?.StartsWith("https:", StringComparison.Ordinal) == true && !IsLoopback(request.Host.Host));

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string GetLocalAddress(ConnectionInfo connection) => connection.LocalIpAddress switch
    {
        null => "localhost",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => $"[{address}]:{connection.LocalPort}",
        var address => $"{address.MapToIPv4()}:{connection.LocalPort}",
    };
}
