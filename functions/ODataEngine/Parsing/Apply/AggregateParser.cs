using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Apply;

/// <summary>Parses the arguments of <c>aggregate</c> (OData Data Aggregation 4.0, 3.2.1).</summary>
internal sealed class AggregateParser(ParseContext context, ExpressionParser expressions, QueryOptionParser queries, GroupByParser groupBy)
{
    public void Parse(List<Transformation> steps, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var aggregates = new List<AggregateExpression>();
        do
        {
            context.CountNodes();
            var aggregate = ParseAggregateValue(row);
            if (lexer.IsKeyword("from"))
            {
                ParseFrom(steps, aggregate, input, row);
                return;
            }

            aggregate = aggregate with { Alias = queries.ParseAlias(null) };
            if (aggregates.Exists(other => other.Alias == aggregate.Alias))
            {
                throw queries.DuplicateName(aggregate.Alias);
            }

            aggregates.Add(aggregate);
        }
        while (expressions.Accept(TokenKind.Comma));

        steps.Add(CreateAggregateTransformation(aggregates, input, row));
    }

    private static AggregateTransformation CreateAggregateTransformation(IReadOnlyList<AggregateExpression> aggregates, StructuredType input, Variable row) => new(
        aggregates,
        OutputTypes.Create(input, [.. aggregates.Select(CreateProperty)], keepKey: false),
        row);

    // The minimum and the maximum of strings have the order of the strings.
    private static Property CreateProperty(AggregateExpression aggregate) => new(aggregate.Alias, aggregate.ResultType, nullable: true)
    {
        Collation = aggregate is { Method: AggregationMethod.Min or AggregationMethod.Max, Value: { } value } ? CollationRules.Find(value) : null,
    };

    /// <summary>Parses <c>from</c>: <c>a with m from p with n as x</c> is groupby((p),aggregate(a with m as x))/aggregate(x with n as x) (3.2.1.5).</summary>
    private void ParseFrom(List<Transformation> steps, AggregateExpression aggregate, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var from = lexer.Current;
        var groups = new List<(List<IReadOnlyList<Property>> Paths, AggregationMethod Method)>();
        while (lexer.IsKeyword("from"))
        {
            lexer.Advance();
            var paths = new List<IReadOnlyList<Property>>();
            do
            {
                groupBy.ParsePath(input, paths);
            }
            while (expressions.Accept(TokenKind.Comma));

            groups.Add((paths, ParseAggregationMethod()));
        }

        var alias = queries.ParseAlias(null);
        if (lexer.Is(TokenKind.Comma) || groups.Count > 1)
        {
            throw context.NotSupportedAt(lexer, from, "'from' is supported once, as the only expression of an aggregate.");
        }

        var (by, method) = groups[0];
        var inner = CreateAggregateTransformation([aggregate with { Alias = alias }], input, row);
        var properties = GroupByParser.CreateProperties(by, 0, isRollup: false);
        groupBy.AddInnerProperties(properties, inner, input);
        var group = new GroupByTransformation(by, [[.. Enumerable.Range(0, by.Count)]], [inner], OutputTypes.Create(input, properties, keepKey: false), context.NewVariable("$it", input));
        steps.Add(group);
        var total = context.NewVariable("$it", group.Output);
        steps.Add(CreateAggregateTransformation([CreateAggregate(new PropertyAccess(total, group.Output.Find(alias)!), method, from) with { Alias = alias }], group.Output, total));
    }

    private AggregateExpression ParseAggregateValue(Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var start = lexer.Current;
        if (lexer.IsDollarName("$count"))
        {
            lexer.Advance();
            return new AggregateExpression("", AggregationMethod.Count, null, null, null, PrimitiveType.Decimal);
        }

        if (TryParseAggregationPath((StructuredType)row.VariableType, out var path, out var isCount))
        {
            return isCount ? CreateCountAggregate(row, path, start) : CreatePathAggregate(row, path, ParseAggregationMethod(), start);
        }

        var value = expressions.ParseExpression();
        return CreateAggregate(value, ParseAggregationMethod(), start);
    }

    /// <summary>
    /// Parses a path, possibly through collections, that is followed by <c>with</c>, <c>from</c>, <c>as</c> or <c>/$count</c>;
    /// otherwise consumes nothing, because an expression starts here.
    /// </summary>
    private bool TryParseAggregationPath(StructuredType type, out List<Property> path, out bool isCount)
    {
        ref var lexer = ref expressions.Lexer;
        var saved = lexer;
        path = [];
        isCount = false;
        DataType currentType = type;
        StructuredType? baseType = null;
        while (lexer.Is(TokenKind.Name) && currentType is StructuredType structured)
        {
            if (NameLookup.FindProperty(structured, lexer.CurrentText) is { } property)
            {
                path.Add(property);
                currentType = property.ElementType;
                if (baseType?.Find(property.Name) is not null && baseType != structured)
                {
                    throw context.NotSupportedAt(lexer, lexer.Current, ODataErrors.DerivedTypeNotSupported(baseType, property));
                }

                baseType = null;
            }
            else if (NameLookup.FindTypeCast(structured, lexer.CurrentText) is { } target)
            {
                baseType ??= structured;
                currentType = target;
            }
            else
            {
                break;
            }

            lexer.Advance();
            if (!lexer.Is(TokenKind.Slash))
            {
                break;
            }

            context.CountNodes();
            lexer.Advance();
        }

        isCount = path.Count > 0 && lexer.IsDollarName("$count");
        if (isCount)
        {
            lexer.Advance();
        }

        if (path.Count > 0 && (lexer.IsKeyword("with") || lexer.IsKeyword("as") || lexer.IsKeyword("from")))
        {
            return true;
        }

        lexer = saved;
        return false;
    }

    private AggregationMethod ParseAggregationMethod()
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.IsKeyword("with"))
        {
            throw context.UnexpectedToken(lexer, "an operator or 'with' and a method; there are no custom aggregates");
        }

        lexer.Advance();
        var token = lexer.Is(TokenKind.Name) ? lexer.Current : throw context.UnexpectedToken(lexer, "a method");
        var name = lexer.CurrentText.ToString();
        lexer.Advance();
        return name.ToLowerInvariant() switch
        {
            "sum" => AggregationMethod.Sum,
            "min" => AggregationMethod.Min,
            "max" => AggregationMethod.Max,
            "average" => AggregationMethod.Average,
            "countdistinct" => AggregationMethod.CountDistinct,
            _ when name.Contains('.', StringComparison.Ordinal) => throw context.NotSupportedAt(lexer, token, "Custom aggregation methods are not supported."),
            _ => throw context.ErrorAt(ODataErrorCodes.UnknownMethod, lexer, token, $"The aggregation method '{ODataErrors.Truncate(name)}' does not exist; allowed: sum, min, max, average, countdistinct."),
        };
    }

    private AggregateExpression CreateCountAggregate(Variable row, List<Property> path, Token start)
    {
        var (collection, item, value) = SplitAtLastCollection(row, path);
        return value.Type is StructuredType && collection is null
            ? throw context.NotSupportedAt(expressions.Lexer, start, "Counting complex values is not supported.")
            : new AggregateExpression("", AggregationMethod.Count, ReferenceEquals(value, item) ? null : value, collection, item, PrimitiveType.Decimal);
    }

    private AggregateExpression CreatePathAggregate(Variable row, List<Property> path, AggregationMethod method, Token start)
    {
        var (collection, item, value) = SplitAtLastCollection(row, path);
        if (method == AggregationMethod.CountDistinct && collection is not null && ReferenceEquals(value, item) && value.Type is StructuredType { IsEntity: true })
        {
            // The entities of a path are distinct, so counting them is sufficient.
            return new AggregateExpression("", AggregationMethod.Count, null, collection, item, PrimitiveType.Decimal);
        }

        return CreateAggregate(value, method, start) with { Collection = collection, Item = item };
    }

    /// <summary>
    /// Splits a path at its last navigation property or collection, whose items count once each (3.2.1.1): the collection, the
    /// variable of an item, and the value of an item. A single-valued navigation property is a collection of at most one item.
    /// </summary>
    private (Expression? Collection, Variable? Item, Expression Value) SplitAtLastCollection(Variable row, List<Property> path)
    {
        var last = path.FindLastIndex(property => property.IsNavigation || property.IsCollection);
        Expression? collection = null;
        Variable? item = null;
        Expression current = row;
        for (var i = 0; i < path.Count; i++)
        {
            current = new PropertyAccess(current, path[i]);
            if (!path[i].IsCollection && i != last)
            {
                continue;
            }

            collection = item is null ? current : new CollectionFlattening(collection!, item, current, new CollectionType(path[i].ElementType));
            item = context.NewVariable("$this", path[i].ElementType);
            current = item;
        }

        return (collection, item, current);
    }

    private AggregateExpression CreateAggregate(Expression value, AggregationMethod method, Token start)
    {
        var kind = (value.Type as PrimitiveType)?.Kind;
        DataType? result = method switch
        {
            AggregationMethod.CountDistinct when value.Type is PrimitiveType or EnumType => PrimitiveType.Decimal,
            AggregationMethod.Min or AggregationMethod.Max when value.Type is PrimitiveType or EnumType && TypeRules.IsOrdered(value.Type) => value.Type,
            AggregationMethod.Sum or AggregationMethod.Average when value.Is(PrimitiveKind.Duration) => value.Type,
            AggregationMethod.Sum or AggregationMethod.Average when value.IsNumeric => kind switch
            {
                PrimitiveKind.Decimal => PrimitiveType.Decimal,
                PrimitiveKind.Single or PrimitiveKind.Double => PrimitiveType.Double,
                _ when method == AggregationMethod.Average => PrimitiveType.Double,
                PrimitiveKind.Int64 => PrimitiveType.Decimal,
                _ => PrimitiveType.Int64,
            },
            _ => null,
        };
        return result is null
            ? throw context.ErrorAt(ODataErrorCodes.TypeMismatch, expressions.Lexer, start, $"Values of type {TypeRules.DescribeType(value)} do not support {method.ToString().ToLowerInvariant()}.")
            : new AggregateExpression("", method, value, null, null, result);
    }
}
