using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Apply;

// groupby (OData Data Aggregation 4.0, 3.2.3).
internal sealed partial class ApplyParser
{
    private GroupByTransformation ParseGroupBy(StructuredType input, Variable row)
    {
        var paths = new List<IReadOnlyList<Property>>();
        var sets = new List<IReadOnlyList<int>> { Array.Empty<int>() };
        expressions.Expect(TokenKind.OpenParenthesis, "'(' and what to group by");
        do
        {
            var levels = ParseGroupingElement(input, paths);

            // Each level of a rollup with each of the others (example 22).
            context.CountNodes(sets.Count * levels.Count);
            sets = [.. sets.SelectMany(set => levels.Select(level => (IReadOnlyList<int>)[.. set.Union(level)]))];
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Expect(TokenKind.CloseParenthesis, "',' or ')'");
        List<Transformation> inner = expressions.Accept(TokenKind.Comma) ? ParseSequence(input) : [];
        var properties = CreateGroupingProperties(paths, 0, sets.Count > 1);
        if (inner.Count > 0)
        {
            AddInnerProperties(properties, inner[^1], input);
        }

        return new GroupByTransformation(paths, sets, inner, OutputTypes.Create(input, properties, keepKey: false), row);
    }

    private void AddInnerProperties(List<Property> properties, Transformation last, StructuredType input)
    {
        foreach (var property in last.Output.Properties)
        {
            if (!properties.Exists(other => other.Name == property.Name))
            {
                properties.Add(property);
            }
            else if (input.Find(property.Name) is null || last is AggregateTransformation)
            {
                throw queries.DuplicateName(property.Name);
            }
        }
    }

    /// <summary>One grouping property, or a rollup with its levels from the finest; each level as places in the paths.</summary>
    private List<IReadOnlyList<int>> ParseGroupingElement(StructuredType input, List<IReadOnlyList<Property>> paths)
    {
        ref var lexer = ref expressions.Lexer;
        if (lexer.NextCharacter != '(')
        {
            return [ParseGroupingPath(input, paths)];
        }

        if (!lexer.IsKeyword("rollup"))
        {
            throw lexer.IsKeyword("rolluprecursive")
                ? context.NotSupportedAt(lexer, lexer.Current, "Hierarchies are not supported.")
                : context.UnexpectedToken(lexer, "a property or rollup(…)");
        }

        lexer.Advance();
        lexer.Advance();
        var levels = new List<IReadOnlyList<int>>();
        IReadOnlyList<int> level = [];

        // Earlier drafts of the standard ask for the grand total by null or $all in the first place.
        var hasTotal = lexer.IsKeyword("null") || lexer.IsDollarName("$all");
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
            throw context.UnexpectedToken(lexer, "',' and a property of the next level: there are no named hierarchies");
        }

        expressions.Expect(TokenKind.CloseParenthesis, "',' or ')'");
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
                ? throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, token, $"'{property.Name}' is a collection; groupby requires single values.")
                : property);
            if (!expressions.Accept(TokenKind.Slash))
            {
                break;
            }

            type = property.Type as StructuredType ?? throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, $"'{property.Name}' has no properties.");
        }

        // Whole entities and complex values are grouped by all that they are made of.
        var indexes = new List<int>();
        foreach (var leaf in GetLeafPaths(path))
        {
            context.CountNodes();
            var index = paths.FindIndex(other => other.SequenceEqual(leaf));
            if (index < 0)
            {
                index = paths.Count;
                paths.Add(leaf);
            }

            indexes.Add(index);
        }

        return indexes.Count > 0 ? indexes : throw context.NotSupportedAt(lexer, start, $"{path[^1].Type.DisplayName} has no single values to group by.");
    }

    private static IEnumerable<IReadOnlyList<Property>> GetLeafPaths(IReadOnlyList<Property> path) => path[^1].Type is StructuredType type
        ? type.Properties.Where(property => !property.IsNavigation && !property.IsCollection).SelectMany(property => GetLeafPaths([.. path, property]))
        : [path];

    /// <summary>Category/Name becomes a property Category of a type with the property Name.</summary>
    private static List<Property> CreateGroupingProperties(IReadOnlyList<IReadOnlyList<Property>> paths, int depth, bool isRollup)
    {
        var properties = new List<Property>();
        foreach (var group in paths.GroupBy(path => path[depth]))
        {
            if (group.First().Count == depth + 1)
            {
                properties.Add(isRollup ? OutputTypes.MakeNullable(group.Key) : group.Key);
                continue;
            }

            var part = OutputTypes.Create((StructuredType)group.Key.Type, CreateGroupingProperties([.. group], depth + 1, isRollup), keepKey: false);
            properties.Add(new Property(group.Key.Name, part, nullable: true) { Title = group.Key.Title, Description = group.Key.Description });
        }

        return properties;
    }
}
