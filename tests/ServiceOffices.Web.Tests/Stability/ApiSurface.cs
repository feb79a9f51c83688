using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ServiceOffices.Web.Tests.Stability;

/// <summary>
/// Describes the guarantees of a contract as lines that remain while nothing is removed, renamed or narrowed: a later contract
/// is compatible if it has all lines. Compatible extensions add lines.
/// </summary>
internal static partial class ApiSurface
{
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];

    /// <summary>Gets the lines of <paramref name="baseline"/> that are missing.</summary>
    public static IReadOnlyList<string> FindBreakingChanges(IEnumerable<string> baseline, IEnumerable<string> today) =>
        [.. baseline.Except(today, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> FromOpenApi(JsonNode document)
    {
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(member => Methods.Contains(member.Key)))
            {
                var name = $"{method.ToUpperInvariant()} {path}";
                yield return name;
                foreach (var line in FromOperation(document, name, operation!))
                {
                    yield return line;
                }
            }
        }

        foreach (var (name, schema) in document["components"]?["schemas"]?.AsObject() ?? [])
        {
            foreach (var line in FromSchema($"schema {name}", schema!))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> FromOperation(JsonNode document, string name, JsonNode operation)
    {
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(document, parameter!)))
        {
            var line = $"{name} takes {parameter["in"]} {parameter["name"]}";
            yield return line;
            if (parameter["required"]?.GetValue<bool>() != true)
            {
                yield return line + ", not required";
            }

            foreach (var value in parameter["schema"]?["enum"]?.AsArray() ?? [])
            {
                yield return $"{line} of {value}";
            }
        }

        if (operation["requestBody"]?["content"] is { } takes)
        {
            foreach (var (mediaType, _) in takes.AsObject())
            {
                yield return $"{name} takes {mediaType}";
            }
        }
        else
        {
            yield return $"{name} needs no content";
        }

        if (operation["security"] is not JsonArray { Count: > 0 })
        {
            yield return $"{name} is open";
        }

        foreach (var (status, response) in operation["responses"]!.AsObject())
        {
            yield return $"{name} answers {status}";
            var resolved = Resolve(document, response!);
            foreach (var (header, _) in resolved["headers"]?.AsObject() ?? [])
            {
                yield return $"{name} answers {status} with {header}";
            }

            foreach (var (mediaType, content) in resolved["content"]?.AsObject() ?? [])
            {
                var line = $"{name} answers {status} as {mediaType}";
                yield return line;
                foreach (var inner in content?["schema"] is { } schema ? FromSchema(line, schema) : [])
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<string> FromSchema(string name, JsonNode schema)
    {
        if (schema is not JsonObject)
        {
            yield break;
        }

        if (schema["$ref"] is { } reference)
        {
            yield return $"{name} is {reference}";
        }

        foreach (var alternative in (schema["anyOf"] ?? schema["allOf"])?.AsArray() ?? [])
        {
            foreach (var line in FromSchema(name, alternative!))
            {
                yield return line;
            }
        }

        if (schema["type"] is { } type)
        {
            // One line for all types, because adding a type to a response (including null) breaks clients as much as removing one.
            yield return $"{name} is {(type is JsonArray types ? string.Join(" or ", types) : type)}{(schema["format"] is { } format ? $" ({format})" : "")}";
        }

        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            yield return $"{name} always has {required}";
        }

        foreach (var (property, inner) in schema["properties"]?.AsObject() ?? [])
        {
            foreach (var line in FromSchema($"{name}.{property}", inner!))
            {
                yield return line;
            }
        }

        if (schema["items"] is { } items)
        {
            foreach (var line in FromSchema(name + "[]", items))
            {
                yield return line;
            }
        }
    }

    public static IEnumerable<string> FromMetadata(XDocument csdl)
    {
        foreach (var type in csdl.Descendants().Where(element => element.Name.LocalName is "EntityType" or "ComplexType"))
        {
            var name = $"type {type.Attribute("Name")!.Value}";
            yield return name;
            foreach (var key in type.Elements().Where(element => element.Name.LocalName == "Key").Elements())
            {
                yield return $"{name} has the key {key.Attribute("Name")!.Value}";
            }

            foreach (var property in type.Elements().Where(element => element.Name.LocalName is "Property" or "NavigationProperty"))
            {
                var nullable = property.Attribute("Nullable")?.Value ?? "true";
                yield return $"{name}.{property.Attribute("Name")!.Value} is {property.Attribute("Type")!.Value}{(nullable == "false" ? ", never null" : "")}";
            }
        }

        foreach (var set in csdl.Descendants().Where(element => element.Name.LocalName == "EntitySet"))
        {
            yield return $"set {set.Attribute("Name")!.Value} of {set.Attribute("EntityType")!.Value}";
        }
    }

    /// <summary>Gets the names in the first column of docs/settings.md, which another test compares with the code.</summary>
    public static IEnumerable<string> FromSettings(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => $"setting {line.Split('`')[1]}");

    /// <summary>Gets the bounds of each numeric setting, and the earlier bounds that are still in range: a range may only be extended.</summary>
    /// <param name="problems">The errors of the settings if none of the values is a number.</param>
    public static IEnumerable<string> FromRanges(string problems, IReadOnlyList<string> promised)
    {
        foreach (Match range in Range().Matches(problems))
        {
            var takes = $"setting {range.Groups[1].Value} takes ";
            var (least, most) = (Number(range.Groups[2].Value), Number(range.Groups[3].Value));
            yield return takes + range.Groups[2].Value;
            yield return takes + range.Groups[3].Value;
            foreach (var line in promised.Where(line => line.StartsWith(takes, StringComparison.Ordinal) && Number(line[takes.Length..]) is var number && number >= least && number <= most))
            {
                yield return line;
            }
        }

        static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"([\w:]+) must be a whole number from (\d+) to (\d+);")]
    private static partial Regex Range();

    private static JsonNode Resolve(JsonNode document, JsonNode part) => part["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(document, (at, name) => at[name]!)
        : part;
}
