using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>The predicates of a table's rows and the columns of their objects, computed once for all rows.</summary>
internal sealed class RdfMapping
{
    public RdfMapping(Table table)
    {
        Table = table;
        Classes = [.. table.Type.Terms.Select(RdfName.Prefixed), new RdfName(RdfSchemaTerms.GetSchemaClass(table.Type), IsFromSchema: true)];
        var predicates = new List<(RdfName Predicate, List<RdfObjectSource> Sources)>();
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i] is { IsNavigation: true, IsCollection: true })
            {
                // Each navigation is written from its single-valued end.
                continue;
            }

            foreach (var (predicate, source) in MapProperty(table.Type, properties[i], table.GetColumn(i)))
            {
                var known = predicates.FirstOrDefault(candidate => candidate.Predicate == predicate).Sources;
                if (known is null)
                {
                    predicates.Add((predicate, known = []));
                }

                known.Add(source);
            }
        }

        Predicates = predicates;
    }

    public Table Table { get; }

    /// <summary>The public classes, then the type's own class in the OData schema.</summary>
    public IReadOnlyList<RdfName> Classes { get; }

    public IReadOnlyList<(RdfName Predicate, List<RdfObjectSource> Sources)> Predicates { get; }

    private static IEnumerable<(RdfName, RdfObjectSource)> MapProperty(StructuredType type, Property property, Column column)
    {
        var mapping = column switch
        {
            ComplexColumn complex => new RdfMapping(complex.Fields),
            CollectionColumn { Property.ElementType: StructuredType } collection => new RdfMapping(collection.Elements),
            _ => null,
        };
        if (property.Terms.Count == 0)
        {
            yield return (new RdfName(RdfSchemaTerms.GetSchemaProperty(type, property), IsFromSchema: true), new RdfObjectSource(column, null, false, mapping));
        }

        foreach (var term in property.Terms)
        {
            var isIri = term is ['<', .., '>'];
            var parts = term.Trim('<', '>').Split('@');
            yield return (new RdfName(parts[0], IsFromSchema: false), new RdfObjectSource(column, parts.Length > 1 ? parts[1] : null, isIri, mapping));
        }
    }
}

/// <summary>A column that provides objects of a predicate.</summary>
/// <param name="Language">The language tag of its strings; null for none.</param>
/// <param name="IsIri">True if its strings are URLs.</param>
/// <param name="Mapping">The mapping of structured values; null for other values.</param>
internal sealed record RdfObjectSource(Column Column, string? Language, bool IsIri, RdfMapping? Mapping);

/// <summary>The public vocabularies of the columns' terms, and the names derived from the OData schema for the other columns.</summary>
internal static class RdfSchemaTerms
{
    /// <summary>Gets the prefixes and their namespaces, in the order in which files declare them.</summary>
    public static IReadOnlyList<(string Prefix, string Namespace)> Prefixes { get; } =
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

    /// <summary>Gets the name of a type's class in the OData schema.</summary>
    public static string GetSchemaClass(StructuredType type) => Uri.EscapeDataString(type.FullName);

    /// <summary>Gets the name of a property in the OData schema, in the form of an OData path.</summary>
    public static string GetSchemaProperty(StructuredType type, Property property) => $"{Uri.EscapeDataString(type.FullName)}/{Uri.EscapeDataString(property.Name)}";
}
