using System.Text;
using ODataEngine.Model;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Creates replies with HTML pages.</summary>
internal static class PageReply
{
    /// <summary>Creates a page that a new version or the next publication may change.</summary>
    /// <param name="vary">Request headers that selected this page.</param>
    public static Reply Create(string html, Language language, params string[] vary) =>
        Reply.CreateDocument("text/html; charset=utf-8", Encoding.UTF8.GetBytes(html), vary)
            .WithHeader("Content-Language", language.Tag)
            .WithHeader("Content-Security-Policy", PortalSite.ContentSecurityPolicy);
}
