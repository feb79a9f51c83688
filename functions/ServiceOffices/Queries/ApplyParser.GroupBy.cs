using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// groupby (OData Data Aggregation 4.0, 3.2.3).
internal sealed partial class ApplyParser
{
    private GroupByStep ParseGroupBy(StructuredType input, Variable row)
    {
        var paths = new List<IReadOnlyList<Property>>();
        var sets = new List<IReadOnlyList<int>> { Array.Empty<int>() };
        expressions.Expect(TokenKind.Open, "'(' and what to group by");
        do
        {
            var levels = ParseGroupingElement(input, paths);

            // Each level of a rollup with each of the others (example 22).
            context.CountNode(sets.Count * levels.Count);
            sets = [.. sets.SelectMany(set => levels.Select(level => (IReadOnlyList<int>)[.. set.Union(level)]))];
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Expect(TokenKind.Close, "',' or ')'");
        List<Transformation> inner = expressions.Accept(TokenKind.Comma) ? ParseSequence(input) : [];
        var properties = GroupingProperties(paths, 0, sets.Count > 1);
        if (inner.Count > 0)
        {
            AddInner(properties, inner[^1], input);
        }

        return new GroupByStep(paths, sets, inner, Outputs.Make(input, properties, keyed: false), row);
    }

    private void AddInner(List<Property> properties, Transformation last, StructuredType input)
    {
        foreach (var property in last.Output.Properties)
        {
            if (!properties.Exists(other => other.Name == property.Name))
            {
                properties.Add(property);
            }
            else if (input.Find(property.Name) is null || last is AggregateStep)
            {
                throw queries.Taken(property.Name);
            }
        }
    }

    /// <summary>One grouping property, or a rollup with its levels from the finest; each level as places in the paths.</summary>
    private List<IReadOnlyList<int>> ParseGroupingElement(StructuredType input, List<IReadOnlyList<Property>> paths)
    {
        ref var lexer = ref expressions.Lexer;
        if (lexer.After != '(')
        {
            return [ParseGroupingPath(input, paths)];
        }

        if (!lexer.IsWord("rollup"))
        {
            throw lexer.IsWord("rolluprecursive")
                ? context.NotSupportedAt(lexer, lexer.Current, "hierarchies are not supported")
                : context.Unexpected(lexer, "a property or rollup(…)");
        }

        lexer.Advance();
        lexer.Advance();
        var levels = new List<IReadOnlyList<int>>();
        IReadOnlyList<int> level = [];

        // Earlier drafts of the standard ask for the grand total by null or $all in the first place.
        var hasTotal = lexer.IsWord("null") || lexer.IsDollar("$all");
        if (hasTotal)
        {
            lexer.Advance();
            levels.Add(level);
            expressions.Expect(TokenKind.Comma, "',' and a property");
        }

        do
        {
            level = [.. level.Union(ParseGroupingPath(input, paths))];
            levels.Insert(0, level);
        }
        while (expressions.Accept(TokenKind.Comma));

        if (levels.Count < 2)
        {
            throw context.Unexpected(lexer, "',' and a property of the next level: there are no named hierarchies");
        }

        expressions.Expect(TokenKind.Close, "',' or ')'");
        return levels;
    }

    private List<int> ParseGroupingPath(StructuredType input, List<IReadOnlyList<Property>> paths)
    {
        ref var lexer = ref expressions.Lexer;
        var path = new List<Property>();
        var type = input;
        var start = lexer.Current;
        while (true)
        {
            var token = lexer.Current;
            var property = queries.ParseProperty(type, "a property to group by");
            path.Add(property.IsCollection
                ? throw context.ErrorAt("TypeMismatch", lexer, token, $"'{property.Name}' is a collection, and groups are made by single values")
                : property);
            if (!expressions.Accept(TokenKind.Slash))
            {
                break;
            }

            type = property.Type as StructuredType ?? throw context.ErrorAt("Syntax", lexer, lexer.Current, $"'{property.Name}' has no properties");
        }

        // Whole entities and complex values are grouped by all that they are made of.
        var places = new List<int>();
        foreach (var leaf in Leaves(path))
        {
            context.CountNode();
            var place = paths.FindIndex(other => other.SequenceEqual(leaf));
            if (place < 0)
            {
                place = paths.Count;
                paths.Add(leaf);
            }

            places.Add(place);
        }

        return places.Count > 0 ? places : throw context.NotSupportedAt(lexer, start, $"{path[^1].Type} has no single values to group by");
    }

    private static IEnumerable<IReadOnlyList<Property>> Leaves(IReadOnlyList<Property> path) => path[^1].Type is StructuredType type
        ? type.Properties.Where(property => !property.IsNavigation && !property.IsCollection).SelectMany(property => Leaves([.. path, property]))
        : [path];

    /// <summary>Category/Name becomes a property Category of a type with the property Name.</summary>
    private static List<Property> GroupingProperties(IReadOnlyList<IReadOnlyList<Property>> paths, int depth, bool isRollup)
    {
        var properties = new List<Property>();
        foreach (var group in paths.GroupBy(path => path[depth]))
        {
            if (group.First().Count == depth + 1)
            {
                properties.Add(isRollup ? Outputs.Nullable(group.Key) : group.Key);
                continue;
            }

            var part = Outputs.Make((StructuredType)group.Key.Type, GroupingProperties([.. group], depth + 1, isRollup), keyed: false);
            properties.Add(new Property(group.Key.Name, part, nullable: true) { Title = group.Key.Title, Description = group.Key.Description });
        }

        return properties;
    }
}
