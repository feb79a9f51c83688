using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OData;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.ODataFuzz.Payloads;

namespace ServiceOffices.ODataFuzz.Checks;

/// <summary>
/// Checks a response in JSON by itself: no object has a member twice, each context URL matches the grammar, and Microsoft.OData.Core
/// reads the payload against the schema.
/// </summary>
internal sealed partial class AnswerCheck(EntityModel model, Uri serviceRoot)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Microsoft.OData.Edm.IEdmModel edm = EdmModelBuilder.Build(model);

    /// <summary>Gets the number of payloads that Microsoft.OData.Core has read.</summary>
    public int ReadPayloads { get; private set; }

    /// <summary>Gets the problem of a response; null if there is none.</summary>
    /// <param name="options">The query options of the request, as sent.</param>
    public string? FindProblem(string options, ODataResponse response)
    {
        if (response.ContentType is not { } type || !IsJson(type) || response.Content.IsEmpty)
        {
            return null;
        }

        try
        {
            _ = StrictUtf8.GetCharCount(response.Body.Span);
            if (DuplicateMembers.Find(response.Body.Span) is { } name)
            {
                return $"an object with two members '{name}'";
            }

            return response.Status == 200 && type.StartsWith("application/json", StringComparison.Ordinal) ? FindPayloadProblem(options, response) : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return $"a body that cannot be read: {e.Message}";
        }
    }

    /// <summary>
    /// Gets the problem of a payload with metadata=none: it has no other control information than links to the next page and counts
    /// (OData JSON Format 4.01, 3.1.3), and otherwise equals the payload with minimal metadata.
    /// </summary>
    /// <param name="hasReferences">True if the request contains <c>$ref</c>.</param>
    public static string? FindProblemWithoutMetadata(ODataResponse none, ODataResponse minimal, bool hasReferences)
    {
        var expected = JsonNode.Parse(minimal.Body.Span)!;
        RemoveMetadata(expected, hasReferences);
        var actual = JsonNode.Parse(none.Body.Span)!;
        return JsonNode.DeepEquals(expected, actual) ? null : $"metadata=none differs from minimal: {actual.ToJsonString()}\n  {expected.ToJsonString()}";
    }

    private static void RemoveMetadata(JsonNode? node, bool hasReferences)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                RemoveMetadata(item, hasReferences);
            }
        }

        if (node is JsonObject value)
        {
            // A reference is nothing but its id.
            var isReference = hasReferences && value.All(member => member.Key is "@id" or "@odata.id" or "@context" or "@odata.context");
            foreach (var (name, member) in value.ToList())
            {
                var kept = name.EndsWith("nextLink", StringComparison.Ordinal) || name.EndsWith("count", StringComparison.Ordinal) || (isReference && name.EndsWith("id", StringComparison.Ordinal));
                if (name.Contains('@', StringComparison.Ordinal) && !kept)
                {
                    value.Remove(name);
                }

                RemoveMetadata(member, hasReferences);
            }
        }
    }

    /// <summary>Gets the names that query options define, and those of derived types, which a grouping adds to the rows of the base type.</summary>
    private HashSet<string> GetComputedNames(string options)
    {
        var text = Decode(options);
        HashSet<string> names = [.. Alias().Matches(text).Select(match => match.Groups["name"].Value)];
        if (text.Contains("groupby", StringComparison.Ordinal))
        {
            names.UnionWith(model.Sets.SelectMany(set => set.Type.DerivedTypes).SelectMany(type => type.OwnProperties).Where(property => text.Contains('/' + property.Name, StringComparison.Ordinal)).Select(property => property.Name));
        }

        return names;
    }

    private string? FindPayloadProblem(string options, ODataResponse response)
    {
        var message = PayloadMessage.From(response);
        using var json = JsonDocument.Parse(response.Body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return "JSON that is no object";
        }

        var computed = GetComputedNames(options);
        var grammar = new ContextUrlGrammar(model, computed, message.Version == "4.01");
        // Batch responses, $metadata in JSON and payloads without metadata have no context URL of their own.
        if (!json.RootElement.EnumerateObject().Any(IsContext))
        {
            return null;
        }

        PayloadShape? root = null;
        foreach (var url in Contexts(json.RootElement))
        {
            var shape = Recognize(grammar, url);
            if (shape is null)
            {
                return $"a context URL that does not match the grammar of {message.Version}: {url}";
            }

            root ??= shape;
        }

        return FindReaderProblem(message, root!, computed);
    }

    private PayloadShape? Recognize(ContextUrlGrammar grammar, string url)
    {
        var metadata = serviceRoot.AbsoluteUri + "$metadata";
        return url == metadata ? new PayloadShape(PayloadKind.ServiceDocument)
            : url.StartsWith(metadata + "#", StringComparison.Ordinal) ? grammar.Recognize(url[(metadata.Length + 1)..])
            : null;
    }

    private string? FindReaderProblem(PayloadMessage message, PayloadShape shape, HashSet<string> computed)
    {
        // The library treats an undeclared number without a type as a decimal, although it is a double (OData JSON Format 4.01,
        // 4.6.3), and then requires a string; and it rejects doubles that no decimal can represent.
        if (computed.Count > 0 && message.ContentType.Contains("IEEE754Compatible=true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reader = new PayloadReader(edm, serviceRoot) { Computed = computed };
        try
        {
            _ = shape.Kind switch
            {
                PayloadKind.ServiceDocument => reader.ServiceDocument(message),
                PayloadKind.References => reader.References(message),
                PayloadKind.Reference => reader.Reference(message),
                PayloadKind.Entities => reader.Entities(message),
                PayloadKind.Entity => reader.Entity(message),
                PayloadKind.Changes => reader.Changes(message),
                PayloadKind.Property => reader.Property(message, shape.Owner!.FullName, shape.Property!),
                _ => (object?)null,
            };
            ReadPayloads += shape.Kind == PayloadKind.Other ? 0 : 1;
            return null;
        }
        catch (Exception e) when (e is ODataException or InvalidOperationException or NotSupportedException or ArgumentException or FormatException)
        {
            return computed.Count > 0 && e.Message.EndsWith("to the expected type 'Edm.Decimal'.", StringComparison.Ordinal) ? null : $"a payload that Microsoft.OData.Core rejects: {e.Message}";
        }
    }

    private static IEnumerable<string> Contexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => IsContext(member) ? [member.Value.GetString()!] : Contexts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Contexts),
        _ => [],
    };

    private static bool IsContext(JsonProperty member) => member.Name is "@context" or "@odata.context";

    private static bool IsJson(string type) => type.StartsWith("application/", StringComparison.Ordinal) && type.Split(';')[0] is var name
        && (name.EndsWith("/json", StringComparison.Ordinal) || name.EndsWith("+json", StringComparison.Ordinal));

    private static string Decode(string options)
    {
        try
        {
            return Uri.UnescapeDataString(options.Replace('+', ' '));
        }
        catch (UriFormatException)
        {
            return options;
        }
    }

    [GeneratedRegex(@"\sas\s+(?<name>[\p{L}\p{Nl}_][\w]*)")]
    private static partial Regex Alias();
}
