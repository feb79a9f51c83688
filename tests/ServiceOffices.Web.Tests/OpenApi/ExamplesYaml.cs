using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Writes the examples of the contract as YAML: each request and its response.</summary>
internal static class ExamplesYaml
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    /// <param name="shown">The response in the example; null if it has only the request.</param>
    public static string Of(ExampleRequest example, JsonNode? shown)
    {
        var yaml = new StringBuilder($"    {example.Name}:\n      summary: {Text(example.Line)}\n");
        if (example.Fields.Count > 0)
        {
            yaml.Append($"      x-headers: {{{string.Join(", ", example.Fields.Select(field => $"{field.Key}: {Text(field.Value)}"))}}}\n");
        }

        if (shown is not null)
        {
            yaml.Append($"      value: {Value(shown)}\n");
        }

        if (example.Content is { } content)
        {
            yaml.Append($"    {example.Name}-content:\n      summary: {Text("The content of " + example.Line)}\n");
            yaml.Append($"      value: {Value(example.MediaType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(content)! : JsonValue.Create(content))}\n");
        }

        return yaml.ToString();
    }

    /// <summary>Gets the part of a response for the example: only the first item of long lists, unless the list is the subject.</summary>
    public static JsonNode? Shown(ExampleRequest example, string mediaType, string body)
    {
        if (mediaType.EndsWith("json", StringComparison.Ordinal) && !mediaType.EndsWith("ndjson", StringComparison.Ordinal))
        {
            var response = JsonNode.Parse(body);
            return example.Name == "getOpenApi" || mediaType is "application/geo+json" or "application/ld+json"
                ? null
                : IsExact(example) ? response : FirstItems(response);
        }

        return mediaType == "text/plain" ? JsonNode.Parse(body) : example.Line.Contains('?', StringComparison.Ordinal) && mediaType is "text/csv" or "application/x-ndjson" ? JsonValue.Create(body) : null;
    }

    /// <summary>True if the response contains register data and is shown completely; others contain hashes and sizes.</summary>
    public static bool IsExact(ExampleRequest example) =>
        example.Line.Contains("/odata/v1/", StringComparison.Ordinal) && !example.Line.Contains("/files", StringComparison.Ordinal) && !example.Line.Contains("$format", StringComparison.Ordinal);

    private static JsonNode? FirstItems(JsonNode? node) => node switch
    {
        JsonArray { Count: > 0 } array => new JsonArray(FirstItems(array[0])),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, FirstItems(member.Value)))),
        _ => node?.DeepClone(),
    };

    // Every JSON value is a YAML value; its lines must be indented more than the member.
    private static string Value(JsonNode node) => JsonSerializer.Serialize(node, Json).Replace("\n", "\n        ", StringComparison.Ordinal);

    private static string Text(string text) => JsonSerializer.Serialize(text, Json);
}
