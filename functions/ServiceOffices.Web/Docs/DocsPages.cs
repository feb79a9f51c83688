using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ODataEngine;
using ODataEngine.Model;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;

namespace ServiceOffices.Web.Docs;

/// <summary>Creates the pages below <c>/docs</c>. They contain no scripts and load nothing from other hosts.</summary>
internal static class DocsPages
{
    private static readonly LocalizedString Documentation = new("Documentation", "Dokumentation");

    public static PortalPage CreateStartPage() => new(
        Documentation,
        new("Guides, API description and error codes.", "Guider, API-beskrivning och felkoder."),
        [],
        html =>
        {
            html.AppendLine($"<h1>{Documentation}</h1>\n<ul>");
            foreach (var guide in Guide.All)
            {
                html.AppendLine($"<li><a href=\"{guide.Path}\">{guide.Title}</a>: {guide.Summary}</li>");
            }

            html.AppendLine($"""
                <li><a href="/docs/api">{new LocalizedString("API reference", "API-referens")}</a>: {new LocalizedString("all operations with parameters and responses.", "alla operationer med parametrar och svar.")}</li>
                <li><a href="/docs/data-dictionary">{new LocalizedString("Data dictionary", "Kolumner och koder")}</a></li>
                <li><a href="{ProblemType.RootPath}">{new LocalizedString("Errors", "Fel")}</a></li>
                <li><a href="/openapi.json">OpenAPI</a></li>
                <li><a href="/api-info">api-info</a></li>
                </ul>
                """);
        });

    public static PortalPage CreatePage(Guide guide) => new(guide.Title, guide.Summary, [], html =>
    {
        html.AppendLine($"<article class=\"prose guide\" lang=\"en\">");
        html.AppendRaw(guide.ToHtml());
        html.AppendLine($"</article>");
    });

    public static PortalPage CreateProblemsPage() => new(
        new("Errors", "Fel"),
        new("All error types and OData error codes.", "Alla feltyper och OData-felkoder."),
        [],
        html =>
        {
            html.AppendLine($"""
                <h1>{new LocalizedString("Errors", "Fel")}</h1>
                <p>{new LocalizedString("Errors below /odata/v1/ have the OData error format. All other errors are application/problem+json (RFC 9457), where type is the URL of one of these pages.", "Fel under /odata/v1/ har OData:s felformat. Övriga fel är application/problem+json (RFC 9457), där type är adressen till någon av dessa sidor.")}</p>
                <ul>
                """);
            foreach (var kind in ProblemType.All)
            {
                html.AppendLine($"<li><a href=\"{kind.TypeUri}\">{kind.Status} {ReasonPhrases.GetReasonPhrase(kind.Status)}</a>: {kind.Description}</li>");
            }

            html.AppendLine($"""
                </ul>
                <h2 id="odata">{new LocalizedString("OData error codes", "OData-felkoder")}</h2>
                <dl lang="en">
                """);
            foreach (var error in ODataErrorCodes.All)
            {
                html.AppendLine($"<dt id=\"{error.Code}\"><code>{error.Code}</code> ({error.Statuses})</dt><dd>{error.Description}</dd>");
            }

            html.AppendLine($"</dl>");
        });

    public static PortalPage CreatePage(ProblemType kind)
    {
        var title = ReasonPhrases.GetReasonPhrase(kind.Status);
        return new(new(title, title), kind.Description, [], html => html.AppendLine($"""
            <h1><span lang="en">{title}</span> ({kind.Status})</h1>
            <p class="lead">{kind.Description}</p>
            <p>{kind.Remedy}</p>
            <p><code>{kind.TypeUri}</code></p>
            <p><a href="{ProblemType.RootPath}">{new LocalizedString("All errors", "Alla fel")}</a></p>
            """));
    }

    /// <summary>Creates the API reference from the OpenAPI document.</summary>
    public static PortalPage CreateApiPage() => new(
        new("API reference", "API-referens"),
        new("All operations of the API.", "Alla operationer i API:et."),
        [],
        html =>
        {
            using var contract = JsonDocument.Parse(OpenApiDocument.Read());
            var root = contract.RootElement;
            html.AppendLine($"""
                <h1>{new LocalizedString("API reference", "API-referens")}</h1>
                <p>{new LocalizedString("The complete API description with schemas, for tools:", "Hela API-beskrivningen med scheman, för verktyg:")} <a href="/openapi.json">/openapi.json</a></p>
                """);
            foreach (var tag in root.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!))
            {
                html.AppendLine($"<section lang=\"en\">\n<h2 id=\"{tag}\">{tag}</h2>");
                foreach (var path in root.GetProperty("paths").EnumerateObject())
                {
                    foreach (var operation in path.Value.EnumerateObject().Where(operation => operation.Value.GetProperty("tags")[0].GetString() == tag))
                    {
                        AddOperation(html, root, path.Name, operation);
                    }
                }

                html.AppendLine($"</section>");
            }
        });

    private static void AddOperation(HtmlBuilder html, JsonElement contract, string path, JsonProperty operation)
    {
        var content = operation.Value;
        html.AppendLine($"""
            <h3 id="{content.GetProperty("operationId").GetString()}"><code>{operation.Name.ToUpperInvariant()} {path}</code></h3>
            <p><strong>{content.GetProperty("summary").GetString()}.</strong>
            """);
        AddDescription(html, content);
        html.AppendLine($"</p>");
        if (content.TryGetProperty("parameters", out var parameters))
        {
            html.AppendLine($"<p class=\"fine\">Parameters</p>\n<ul>");
            foreach (var parameter in parameters.EnumerateArray().Select(parameter => ResolveReference(contract, parameter)))
            {
                html.AppendLine($"<li><code>{parameter.GetProperty("name").GetString()}</code> ({parameter.GetProperty("in").GetString()}): ");
                AddDescription(html, parameter);
                if (parameter.TryGetProperty("example", out var example))
                {
                    html.AppendLine($" Example: <code>{example.ToString()}</code>");
                }

                html.AppendLine($"</li>");
            }

            html.AppendLine($"</ul>");
        }

        html.AppendLine($"<p class=\"fine\">Responses</p>\n<ul>");
        foreach (var response in content.GetProperty("responses").EnumerateObject())
        {
            html.AppendLine($"<li><code>{response.Name}</code> ");
            AddDescription(html, ResolveReference(contract, response.Value));
            html.AppendLine($"</li>");
        }

        html.AppendLine($"</ul>");
    }

    private static void AddDescription(HtmlBuilder html, JsonElement part) => html.AppendRaw(Guide.ToHtml(part.GetProperty("description").GetString()!));

    private static JsonElement ResolveReference(JsonElement contract, JsonElement part) => part.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(contract, (element, name) => element.GetProperty(name))
        : part;
}
