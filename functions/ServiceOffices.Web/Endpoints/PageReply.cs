using System.Text;
using ODataEngine.Model;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Creates replies with HTML pages.</summary>
internal static class PageReply
{
    // The office finder asks for the position of the visitor; the pages use no other device.
    private const string PermissionsPolicy =
        "geolocation=(self), accelerometer=(), camera=(), display-capture=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    /// <summary>Creates a page that a new version or the next publication may change.</summary>
    /// <param name="vary">Request headers that selected this page.</param>
    public static Reply Create(string html, Language language, params string[] vary) =>
        Reply.CreateDocument("text/html; charset=utf-8", Encoding.UTF8.GetBytes(html), vary)
            .WithHeader("Content-Language", language.Tag)
            .WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy)
            .WithHeader("Cross-Origin-Opener-Policy", "same-origin")
            .WithHeader("Permissions-Policy", PermissionsPolicy)
            .WithHeader("Referrer-Policy", "same-origin");
}
