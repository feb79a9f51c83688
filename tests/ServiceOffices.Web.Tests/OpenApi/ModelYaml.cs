using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ODataEngine.Formats;
using ODataEngine.Model;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Writes the parts of the contract that follow from the entity model: a path for each set and key, a schema for each type.</summary>
internal static class ModelYaml
{
    // The header parameters of every request.
    private const string Fields =
        "        - $ref: '#/components/parameters/prefer'\n        - $ref: '#/components/parameters/odataMaxVersion'\n        - $ref: '#/components/parameters/ifNoneMatch'\n";

    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Paths(EntityModel model)
    {
        var yaml = new StringBuilder();
        foreach (var set in model.Sets)
        {
            var item = $"{{$ref: '#/components/schemas/{set.Type.Name}'}}";
            yaml.Append(CultureInfo.InvariantCulture, $"""
                  /odata/v1/{set.Name}:
                    get:
                      tags: [OData]
                      operationId: list{Capital(set.Name)}
                      summary: {Quoted(set.Title.En)}
                      x-summary-sv: {Quoted(set.Title.Sv)}
                      description: {Quoted(set.Description.En)}
                      parameters:
                        - $ref: '#/components/parameters/filter'
                        - $ref: '#/components/parameters/search'
                        - $ref: '#/components/parameters/apply'
                        - $ref: '#/components/parameters/compute'
                        - $ref: '#/components/parameters/select'
                        - $ref: '#/components/parameters/expand'
                        - $ref: '#/components/parameters/orderby'
                        - $ref: '#/components/parameters/top'
                        - $ref: '#/components/parameters/skip'
                        - $ref: '#/components/parameters/count'
                        - $ref: '#/components/parameters/skiptoken'
                        - $ref: '#/components/parameters/deltatoken'
                        - $ref: '#/components/parameters/format'
                        - $ref: '#/components/parameters/titles'
                {Past(set)}{Fields}      responses:
                        '200':
                          description: A page of the result. With OData 4.01, the control information has no prefix `odata.`
                          headers:
                            OData-Version: {Ref("headers/OData-Version")}
                            ETag: {Ref("headers/ETag")}
                            Publication-Revision: {Ref("headers/Publication-Revision")}
                          content:
                            application/json:
                              schema:
                                type: object
                                required: [value]
                                properties:
                                  '@odata.context': {Inline("type: string")}
                                  '@odata.count': {Inline("type: integer, format: int64, description: 'Number of entities that match the filter; only with $count=true.'")}
                                  value: {Inline("type: array, items: " + item)}
                                  '@odata.nextLink': {Inline("type: string, description: 'URL of the next page; absent on the last page.'")}
                                  '@odata.deltaLink': {Inline("type: string, description: 'URL of later changes; on the last page, with track-changes.'")}
                              examples: {Example($"list{Capital(set.Name)}")}
                {Files(set)}        '202': {Ref("responses/ODataAccepted")}
                        '304': {Ref("responses/NotModified")}
                        '400': {Ref("responses/ODataBadRequest")}
                        '404': {Ref("responses/ODataNotFound")}
                        '405': {Ref("responses/ODataMethodNotAllowed")}
                        '406': {Ref("responses/ODataNotAcceptable")}
                        '410': {Ref("responses/ODataGone")}
                        '412': {Ref("responses/ODataPreconditionFailed")}
                        '414': {Ref("responses/ODataTooLong")}
                        '500': {Ref("responses/ODataFailure")}
                        '501': {Ref("responses/ODataNotSupported")}
                        '503': {Ref("responses/ODataUnavailable")}
                  /odata/v1/{set.Name}({string.Join(',', set.Type.Key.Select(part => KeyPart(set.Type, part)))}):
                    get:
                      tags: [OData]
                      operationId: get{Capital(set.Name)}ByKey
                      summary: {Quoted(set.Title.En + ": one entity by key")}
                      x-summary-sv: {Quoted(set.Title.Sv + ": en post efter nyckel")}
                      description: {Quoted(set.Description.En)}
                      parameters:
                {string.Concat(set.Type.Key.Select(part => KeyParameter(set, part)))}        - $ref: '#/components/parameters/compute'
                        - $ref: '#/components/parameters/select'
                        - $ref: '#/components/parameters/expand'
                        - $ref: '#/components/parameters/format'
                        - $ref: '#/components/parameters/titles'
                {Past(set)}{Fields}      responses:
                        '200':
                          description: The entity.
                          headers:
                            OData-Version: {Ref("headers/OData-Version")}
                            ETag: {Ref("headers/ETag")}
                            Publication-Revision: {Ref("headers/Publication-Revision")}
                          content:
                            application/json:
                              schema: {item}
                              examples: {Example($"get{Capital(set.Name)}ByKey")}
                {Files(set, examples: false)}        '202': {Ref("responses/ODataAccepted")}
                        '304': {Ref("responses/NotModified")}
                        '400': {Ref("responses/ODataBadRequest")}
                        '404': {Ref("responses/ODataNotFound")}
                        '405': {Ref("responses/ODataMethodNotAllowed")}
                        '406': {Ref("responses/ODataNotAcceptable")}
                        '410': {Ref("responses/ODataGone")}
                        '412': {Ref("responses/ODataPreconditionFailed")}
                        '414': {Ref("responses/ODataTooLong")}
                        '500': {Ref("responses/ODataFailure")}
                        '501': {Ref("responses/ODataNotSupported")}
                        '503': {Ref("responses/ODataUnavailable")}

                """);
        }

        return yaml.ToString();
    }

    public static string Schemas(EntityModel model)
    {
        var yaml = new StringBuilder();
        var done = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            AddSchema(yaml, set.Type, set.Description.En, done);
        }

        return yaml.ToString();
    }

    private static void AddSchema(StringBuilder yaml, StructuredType type, string? description, HashSet<StructuredType> done)
    {
        if (!done.Add(type))
        {
            return;
        }

        yaml.Append(CultureInfo.InvariantCulture, $"    {type.Name}:\n      type: object\n");
        if (description is not null)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"      description: {Quoted(description)}\n");
        }

        yaml.Append("      properties:\n");
        foreach (var property in type.Properties)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"        {property.Name}:\n          description: {Quoted(Describe(property))}\n          {Schema(property)}\n");
        }

        foreach (var part in type.Properties.Where(property => !property.IsNavigation).Select(property => property.ElementType).OfType<StructuredType>())
        {
            AddSchema(yaml, part, null, done);
        }
    }

    private static string Describe(Property property)
    {
        var text = property.Description?.En ?? property.Title?.En ?? property.Name;
        if (property.Unit is not null)
        {
            text += $" Unit: {property.Unit}.";
        }

        // Not an enum, so that a new code does not break a generated client.
        if (property.AllowedValues.Count > 0)
        {
            text += $" Codes: {string.Join(", ", property.AllowedValues.Select(code => code.Value))}.";
        }

        return property.IsNavigation ? text + " Only with $expand." : text;
    }

    private static string Schema(Property property) => property.Type switch
    {
        CollectionType { Element: StructuredType element } => $"type: array\n          items: {Ref("schemas/" + element.Name)}",
        CollectionType { Element: PrimitiveType element } => $"type: array\n          items: {Inline($"type: {Json(element).Type}")}",
        StructuredType type => Complex(Ref("schemas/" + type.Name), property.IsNullable),
        PrimitiveType { Kind: PrimitiveKind.GeographyPoint } => Complex(Ref("schemas/GeoJsonPoint"), property.IsNullable),
        PrimitiveType type => Primitive(Json(type), property.IsNullable),
        _ => throw new NotSupportedException($"{property} of {property.Type}"),
    };

    private static string Complex(string reference, bool nullable) =>
        nullable ? $"anyOf:\n            - {reference}\n            - {Inline("type: 'null'")}" : $"allOf:\n            - {reference}";

    private static string Primitive((string Type, string? Format) json, bool nullable) =>
        "type: " + (nullable ? $"[{json.Type}, 'null']" : json.Type) + (json.Format is null ? "" : $"\n          format: {json.Format}");

    private static (string Type, string? Format) Json(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.String => ("string", null),
        PrimitiveKind.Boolean => ("boolean", null),
        PrimitiveKind.Int32 => ("integer", "int32"),
        PrimitiveKind.Int64 => ("integer", "int64"),
        PrimitiveKind.Double => ("number", "double"),
        PrimitiveKind.Decimal => ("number", "decimal"),
        PrimitiveKind.Date => ("string", "date"),
        PrimitiveKind.TimeOfDay => ("string", "time-local"),
        PrimitiveKind.DateTimeOffset => ("string", "date-time"),
        _ => throw new NotSupportedException(type.ToString()),
    };

    // OData 4.01 Part 2, 4.3.1: strings are quoted, and a composite key names each part.
    private static string KeyPart(StructuredType type, Property part)
    {
        var value = ((PrimitiveType)part.Type).Kind == PrimitiveKind.String ? $"'{{{part.Name}}}'" : $"{{{part.Name}}}";
        return type.Key.Count == 1 ? value : $"{part.Name}={value}";
    }

    private static string KeyParameter(EntitySet set, Property part)
    {
        var (type, format) = Json((PrimitiveType)part.Type);
        return string.Create(CultureInfo.InvariantCulture,
            $"        - name: {part.Name}\n          in: path\n          required: true\n          description: {Quoted(part.Description!.En)}\n") +
            "          schema: " + Inline($"type: {type}{(format is null ? "" : $", format: {format}")}") + "\n" +
            $"          example: {ExampleRequests.Key(set, part)}\n";
    }

    private static string Past(EntitySet set) =>
        (set.HasTimeline ? "        - $ref: '#/components/parameters/at'\n" : "") + "        - $ref: '#/components/parameters/ofRevision'\n";

    /// <summary>The media types of the file formats of a set, each with its formats, since two formats may share one.</summary>
    public static IEnumerable<IGrouping<string, ExportFormat>> FilesOf(EntitySet set) =>
        ExportFormats.ForQueries.Where(format => format.GetUnsupportedReason(set.Type) is null).GroupBy(format => format.MediaType.Split(';')[0]);

    private static string Files(EntitySet set, bool examples = true)
    {
        var yaml = new StringBuilder();
        foreach (var mediaType in FilesOf(set))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"            {mediaType.Key}:\n              schema: {Inline(mediaType.Key.EndsWith("json", StringComparison.Ordinal) && !mediaType.Key.Contains("ndjson", StringComparison.Ordinal) ? "type: object" : "type: string")}\n");
            if (examples)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"              examples: {Example([.. mediaType.Select(format => $"list{Capital(set.Name)}-{format.Name}")])}\n");
            }
        }

        return yaml.ToString();
    }

    private static string Example(params string[] names) =>
        Inline(string.Join(", ", names.Select(name => $"{name}: {Ref("examples/" + name)}")));

    public static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Ref(string name) => Inline($"$ref: '#/components/{name}'");

    private static string Inline(string content) => "{" + content + "}";

    // Every JSON string is a YAML string.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting);
}
