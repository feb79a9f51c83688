using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>The public vocabularies that columns have their meaning from, and the one made from the OData schema for the rest.</summary>
internal static class RdfSchemaTerms
{
    /// <summary>Prefixes and the addresses that they stand for, in the order in which files declare them.</summary>
    public static IReadOnlyList<(string Prefix, string Address)> Prefixes { get; } =
    [
        ("schema", "https://schema.org/"),
        ("cv", "http://data.europa.eu/m8g/"),
        ("org", "http://www.w3.org/ns/org#"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("geosparql", "http://www.opengis.net/ont/geosparql#"),
        ("wgs84", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    /// <summary>The class of a type's own: where the OData schema describes it.</summary>
    public static string GetSchemaClass(StructuredType type) => Uri.EscapeDataString(type.FullName);

    /// <summary>The property of its own that one without public meaning has: as OData paths name it below the schema.</summary>
    public static string GetSchemaProperty(StructuredType type, Property property) => $"{Uri.EscapeDataString(type.FullName)}/{Uri.EscapeDataString(property.Name)}";

    /// <summary>An entity's canonical URL below the service root (OData 4.01 Part 2, 4.3.1).</summary>
    public static string FormatEntityUrl(string setName, Table table, int row)
    {
        var key = table.Type.Key;
        return $"{Uri.EscapeDataString(setName)}({string.Join(',', key.Select(part => (key.Count > 1 ? part.Name + "=" : "") + FormatKeyLiteral(table[part], row)))})";
    }

    private static string FormatKeyLiteral(Column column, int row)
    {
        var value = JsonValueWriter.Format(column, row) ?? "null";
        return column is ValueColumn<string> ? $"'{Uri.EscapeDataString(value.Replace("'", "''", StringComparison.Ordinal))}'" : Uri.EscapeDataString(value);
    }
}
