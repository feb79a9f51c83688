using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ServiceOffices.Portal;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The pages below <c>/docs</c>, without a script and without a request to anywhere else.</summary>
internal static class DocsPages
{
    private static readonly Text Documentation = new("Documentation", "Dokumentation");

    public static Page Start() => new(
        Documentation,
        new("Guides, the contract and what errors mean.", "Guider, kontraktet och vad felen betyder."),
        [],
        html =>
        {
            html.Add($"<h1>{Documentation}</h1>\n<ul>");
            foreach (var guide in Guide.All)
            {
                html.Add($"<li><a href=\"{guide.Path}\">{guide.Title}</a>: {guide.About}</li>");
            }

            html.Add($"""
                <li><a href="/docs/api">{new Text("Every route", "Varje adress")}</a>: {new Text("what the contract says of it.", "vad kontraktet säger om den.")}</li>
                <li><a href="/docs/data-dictionary">{new Text("Data dictionary", "Kolumner och koder")}</a></li>
                <li><a href="{ProblemKind.Root}">{new Text("Errors", "Fel")}</a></li>
                <li><a href="/openapi.json">OpenAPI</a></li>
                <li><a href="/api-info">api-info</a></li>
                </ul>
                """);
        });

    public static Page Of(Guide guide) => new(guide.Title, guide.About, [], html =>
    {
        html.Add($"<article class=\"prose guide\" lang=\"en\">");
        html.AddMarkup(guide.ToMarkup());
        html.Add($"</article>");
    });

    public static Page Problems() => new(
        new("Errors", "Fel"),
        new("Every kind of error and every code of OData's.", "Varje slags fel och varje felkod i OData."),
        [],
        html =>
        {
            html.Add($"""
                <h1>{new Text("Errors", "Fel")}</h1>
                <p>{new Text("Below /odata/v1/ an error has OData's body, everywhere else it is application/problem+json (RFC 9457), whose type is one of these pages.", "Under /odata/v1/ har ett fel OData:s form, överallt annars är det application/problem+json (RFC 9457), vars type är en av dessa sidor.")}</p>
                <ul>
                """);
            foreach (var kind in ProblemKind.All)
            {
                html.Add($"<li><a href=\"{kind.Type}\">{kind.Status} {ReasonPhrases.GetReasonPhrase(kind.Status)}</a>: {kind.Meaning}</li>");
            }

            html.Add($"""
                </ul>
                <h2 id="odata">{new Text("Codes of OData's errors", "OData:s felkoder")}</h2>
                <dl lang="en">
                """);
            foreach (var error in ODataErrorCode.All)
            {
                html.Add($"<dt id=\"{error.Code}\"><code>{error.Code}</code> ({error.Statuses})</dt><dd>{error.Meaning}</dd>");
            }

            html.Add($"</dl>");
        });

    public static Page Of(ProblemKind kind)
    {
        var phrase = ReasonPhrases.GetReasonPhrase(kind.Status);
        return new(new(phrase, phrase), kind.Meaning, [], html => html.Add($"""
            <h1><span lang="en">{phrase}</span> ({kind.Status})</h1>
            <p class="lead">{kind.Meaning}</p>
            <p>{kind.Remedy}</p>
            <p><code>{kind.Type}</code></p>
            <p><a href="{ProblemKind.Root}">{new Text("All errors", "Alla fel")}</a></p>
            """));
    }

    /// <summary>What the contract says, operation by operation.</summary>
    public static Page Api() => new(
        new("Every route", "Varje adress"),
        new("Every operation of the contract.", "Varje operation i kontraktet."),
        [],
        html =>
        {
            using var contract = JsonDocument.Parse(OpenApiEndpoint.Read());
            var root = contract.RootElement;
            html.Add($"""
                <h1>{new Text("Every route", "Varje adress")}</h1>
                <p>{new Text("The whole contract, with schemas, for tools:", "Hela kontraktet, med scheman, för verktyg:")} <a href="/openapi.json">/openapi.json</a></p>
                """);
            foreach (var tag in root.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!))
            {
                html.Add($"<section lang=\"en\">\n<h2 id=\"{tag}\">{tag}</h2>");
                foreach (var path in root.GetProperty("paths").EnumerateObject())
                {
                    foreach (var operation in path.Value.EnumerateObject().Where(operation => operation.Value.GetProperty("tags")[0].GetString() == tag))
                    {
                        Add(html, root, path.Name, operation);
                    }
                }

                html.Add($"</section>");
            }
        });

    private static void Add(Html html, JsonElement contract, string path, JsonProperty operation)
    {
        var content = operation.Value;
        html.Add($"""
            <h3 id="{content.GetProperty("operationId").GetString()}"><code>{operation.Name.ToUpperInvariant()} {path}</code></h3>
            <p><strong>{content.GetProperty("summary").GetString()}.</strong>
            """);
        AddDescription(html, content);
        html.Add($"</p>");
        if (content.TryGetProperty("parameters", out var parameters))
        {
            html.Add($"<p class=\"fine\">Parameters</p>\n<ul>");
            foreach (var parameter in parameters.EnumerateArray().Select(parameter => Resolved(contract, parameter)))
            {
                html.Add($"<li><code>{parameter.GetProperty("name").GetString()}</code> ({parameter.GetProperty("in").GetString()}): ");
                AddDescription(html, parameter);
                if (parameter.TryGetProperty("example", out var example))
                {
                    html.Add($" Example: <code>{example.ToString()}</code>");
                }

                html.Add($"</li>");
            }

            html.Add($"</ul>");
        }

        html.Add($"<p class=\"fine\">Answers</p>\n<ul>");
        foreach (var response in content.GetProperty("responses").EnumerateObject())
        {
            html.Add($"<li><code>{response.Name}</code> ");
            AddDescription(html, Resolved(contract, response.Value));
            html.Add($"</li>");
        }

        html.Add($"</ul>");
    }

    private static void AddDescription(Html html, JsonElement part) => html.AddMarkup(Guide.ToMarkup(part.GetProperty("description").GetString()!));

    private static JsonElement Resolved(JsonElement contract, JsonElement part) => part.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(contract, (at, name) => at.GetProperty(name))
        : part;
}
