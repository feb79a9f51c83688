using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// The base URL for absolute links. Behind a gateway, a request contains the internal host name of the service, so a
/// configured URL takes precedence over that of the request.
/// </summary>
public sealed class PublicUrl
{
    private readonly string? configured;

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
    public string GetBaseUrl(HttpRequest request) => configured ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";
}
