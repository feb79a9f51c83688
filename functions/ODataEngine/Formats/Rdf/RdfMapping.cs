using ODataEngine.Model;

namespace ODataEngine.Formats.Rdf;

/// <summary>Which predicates the rows of a table have, and where their objects come from; worked out once for all rows.</summary>
internal sealed class RdfMapping
{
    public RdfMapping(Table table)
    {
        Table = table;
        Classes = [.. table.Type.Terms];
        var predicates = new List<(RdfPredicate Predicate, List<RdfObjectSource> Sources)>();
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i] is { IsNavigation: true, IsCollection: true })
            {
                // The other end of each such link leads here.
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

    /// <summary>Prefixed names of the public classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    public IReadOnlyList<(RdfPredicate Predicate, List<RdfObjectSource> Sources)> Predicates { get; }

    private static IEnumerable<(RdfPredicate, RdfObjectSource)> MapProperty(StructuredType type, Property property, Column column)
    {
        var mapping = column switch
        {
            ComplexColumn complex => new RdfMapping(complex.Fields),
            CollectionColumn { Property.ElementType: StructuredType } collection => new RdfMapping(collection.Elements),
            _ => null,
        };
        if (property.Terms.Count == 0)
        {
            yield return (new RdfPredicate(RdfSchemaTerms.GetSchemaProperty(type, property), IsFromSchema: true), new RdfObjectSource(column, null, false, mapping));
        }

        foreach (var term in property.Terms)
        {
            var isIri = term is ['<', .., '>'];
            var parts = term.Trim('<', '>').Split('@');
            yield return (new RdfPredicate(parts[0], IsFromSchema: false), new RdfObjectSource(column, parts.Length > 1 ? parts[1] : null, isIri, mapping));
        }
    }
}

/// <param name="Name">A prefixed name, or where it is one of the schema's own what follows <c>$metadata#</c>.</param>
internal readonly record struct RdfPredicate(string Name, bool IsFromSchema);

/// <param name="Language">The language of its texts; null for none.</param>
/// <param name="IsIri">Whether its texts are addresses.</param>
/// <param name="Mapping">Of the values that are structures; null for others.</param>
internal sealed record RdfObjectSource(Column Column, string? Language, bool IsIri, RdfMapping? Mapping);

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
}
