using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Which predicates the rows of a table have, and where their objects come from; worked out once for all rows.</summary>
internal sealed class RdfShape
{
    public RdfShape(Table table)
    {
        Table = table;
        Classes = [.. table.Type.Terms];
        var predicates = new List<(RdfPredicate Predicate, List<RdfSource> Sources)>();
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i] is { IsNavigation: true, IsCollection: true })
            {
                // The other end of each such link leads here.
                continue;
            }

            foreach (var (predicate, source) in Of(table.Type, properties[i], table.ColumnAt(i)))
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

    public IReadOnlyList<(RdfPredicate Predicate, List<RdfSource> Sources)> Predicates { get; }

    private static IEnumerable<(RdfPredicate, RdfSource)> Of(StructuredType type, Property property, Column column)
    {
        var shape = column switch
        {
            ComplexColumn complex => new RdfShape(complex.Fields),
            CollectionColumn { Property.ElementType: StructuredType } collection => new RdfShape(collection.Elements),
            _ => null,
        };
        if (property.Terms.Count == 0)
        {
            yield return (new RdfPredicate(RdfTerms.OwnProperty(type, property), IsOwn: true), new RdfSource(column, null, false, shape));
        }

        foreach (var term in property.Terms)
        {
            var isLink = term is ['<', .., '>'];
            var parts = term.Trim('<', '>').Split('@');
            yield return (new RdfPredicate(parts[0], IsOwn: false), new RdfSource(column, parts.Length > 1 ? parts[1] : null, isLink, shape));
        }
    }
}

/// <param name="Name">A prefixed name, or where it is one of the schema's own what follows <c>$metadata#</c>.</param>
internal readonly record struct RdfPredicate(string Name, bool IsOwn);

/// <param name="Language">The language of its texts; null for none.</param>
/// <param name="IsLink">Whether its texts are addresses.</param>
/// <param name="Shape">Of the values that are structures; null for others.</param>
internal sealed record RdfSource(Column Column, string? Language, bool IsLink, RdfShape? Shape);
