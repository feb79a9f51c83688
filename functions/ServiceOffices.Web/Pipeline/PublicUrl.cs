using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Where clients reach this service: for absolute links. Behind a gateway the request names the gateway's inner address,
/// so a stated address wins over the request's own.
/// </summary>
public sealed class PublicUrl
{
    private readonly string? configured;

    /// <param name="configured">An absolute http(s) address, such as https://example.se; null to use each request's own.</param>
    /// <exception cref="ArgumentException">The address is not absolute http(s), or has a query or fragment.</exception>
    public PublicUrl(string? configured = null)
    {
        if (string.IsNullOrEmpty(configured))
        {
            return;
        }

        if (!Uri.TryCreate(configured, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query != "" || uri.Fragment != "")
            throw new ArgumentException($"The public address must be an absolute http or https address without query; got '{configured}'.", nameof(configured));
        this.configured = uri.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>The address without a closing slash, such as http://localhost:7071.</summary>
    public string GetBaseUrl(HttpRequest request) => configured ?? $"{request.Scheme}://{request.Host.ToUriComponent()}";
}
