using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>
/// <c>/.well-known/security.txt</c>: where to report a vulnerability (RFC 9116), from the settings of the contact. Without a contact, it
/// does not exist.
/// </summary>
public sealed class SecurityTxtEndpoint(RequestPipeline pipeline, PublicUrl publicUrl, CatalogOptions options, TimeProvider time)
{
    /// <summary>The path (RFC 9116, 3).</summary>
    internal const string Path = "/.well-known/security.txt";

    // RFC 9116, 2.5.5, recommends less than a year. The file is created from the current settings, so it is never older than its day.
    private const int ValidDays = 90;

    public Task HandleAsync(HttpContext context) => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, CreateReplyAsync);

    private ValueTask<Reply> CreateReplyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (QueryOptionValidator.Validate(request) is { } problem)
        {
            return ValueTask.FromResult(problem.ToReply());
        }

        var contacts = GetContacts().ToList();
        return ValueTask.FromResult(contacts.Count == 0
            ? HttpProblem.NotFound("This deployment has no contact for vulnerabilities (Catalog:ContactEmail, or Catalog:ContactPage with https).").ToReply()
            : Reply.CreateDocument("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(CreateText(request, contacts))) with { IsCompressible = false });
    }

    private string CreateText(HttpRequest request, IEnumerable<string> contacts)
    {
        var text = new StringBuilder();
        foreach (var contact in contacts)
        {
            AddField("Contact", contact);
        }

        AddField("Expires", time.GetUtcNow().UtcDateTime.Date.AddDays(ValidDays).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        AddField("Preferred-Languages", "sv, en");
        // RFC 9116, 2.5.2: a web address must be https.
        if (publicUrl.GetBaseUrl(request) is var baseUrl && IsHttps(baseUrl))
        {
            AddField("Canonical", baseUrl + Path);
        }

        return text.ToString();

        void AddField(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private IEnumerable<string> GetContacts()
    {
        if (options.ContactEmail is { } email)
        {
            yield return "mailto:" + Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal);
        }

        // RFC 9116, 2.5.3: a web address must be https.
        if (options.ContactPage is { } page && IsHttps(page))
        {
            yield return page;
        }
    }

    private static bool IsHttps(string url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
