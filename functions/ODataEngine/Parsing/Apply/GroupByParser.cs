using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Apply;

/// <summary>Parses the arguments of <c>groupby</c> (OData Data Aggregation 4.0, 3.2.3).</summary>
internal sealed class GroupByParser(ParseContext context, ExpressionParser expressions, QueryOptionParser queries, ApplyParser transformations)
{
    public GroupByTransformation Parse(StructuredType input, Variable row)
    {
        var paths = new List<IReadOnlyList<Property>>();
        var sets = new List<IReadOnlyList<int>> { Array.Empty<int>() };
        expressions.Expect(TokenKind.OpenParenthesis, "'(' and what to group by");
        do
        {
            var levels = ParseElement(input, paths);

            // Each level of a rollup is combined with each level of the others (example 22).
            context.CountNodes(sets.Count * levels.Count);
            sets = [.. sets.SelectMany(set => levels.Select(level => (IReadOnlyList<int>)[.. set.Union(level)]))];
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Expect(TokenKind.CloseParenthesis, "',' or ')'");
        List<Transformation> inner = expressions.Accept(TokenKind.Comma) ? transformations.ParseSequence(input) : [];
        var properties = CreateProperties(paths, 0, sets.Count > 1);
        if (inner.Count > 0)
        {
            AddInnerProperties(properties, inner[^1], input);
        }

        return new GroupByTransformation(paths, sets, inner, OutputTypes.Create(input, properties, keepKey: false), row);
    }

    public void AddInnerProperties(List<Property> properties, Transformation last, StructuredType input)
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

    /// <summary>Parses a grouping property, or a rollup with its levels from the finest; each level is a list of indexes into the paths.</summary>
    private List<IReadOnlyList<int>> ParseElement(StructuredType input, List<IReadOnlyList<Property>> paths)
    {
        ref var lexer = ref expressions.Lexer;
        if (lexer.NextCharacter != '(')
        {
            return [ParsePath(input, paths)];
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

        // In earlier drafts of the standard, null or $all as the first item requests the grand total.
        var hasTotal = lexer.IsKeyword("null") || lexer.IsDollarName("$all");
        if (hasTotal)
        {
            lexer.Advance();
            levels.Add(level);
            expressions.Expect(TokenKind.Comma, "',' and a property");
        }

        do
        {
            level = [.. level.Union(ParsePath(input, paths))];
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

    public List<int> ParsePath(StructuredType input, List<IReadOnlyList<Property>> paths)
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

        // Entities and complex values are grouped by all their single values.
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
    public static List<Property> CreateProperties(IReadOnlyList<IReadOnlyList<Property>> paths, int depth, bool isRollup)
    {
        var properties = new List<Property>();
        foreach (var group in paths.GroupBy(path => path[depth]))
        {
            if (group.First().Count == depth + 1)
            {
                properties.Add(isRollup ? OutputTypes.MakeNullable(group.Key) : group.Key);
                continue;
            }

            var part = OutputTypes.Create((StructuredType)group.Key.Type, CreateProperties([.. group], depth + 1, isRollup), keepKey: false);
            properties.Add(new Property(group.Key.Name, part, nullable: true) { Title = group.Key.Title, Description = group.Key.Description });
        }

        return properties;
    }
}
