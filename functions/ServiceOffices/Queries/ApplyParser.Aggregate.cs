using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// aggregate (OData Data Aggregation 4.0, 3.2.1).
internal sealed partial class ApplyParser
{
    private void ParseAggregate(List<Transformation> steps, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var aggregates = new List<Aggregate>();
        do
        {
            context.CountNode();
            var start = lexer.Current;
            var aggregate = ParseAggregateValue(row);
            if (lexer.IsWord("from"))
            {
                ParseFrom(steps, aggregate, input, row);
                return;
            }

            aggregate = aggregate with { Alias = queries.ParseAlias(null) };
            if (aggregates.Exists(other => other.Alias == aggregate.Alias))
            {
                throw queries.Taken(aggregate.Alias);
            }

            aggregates.Add(aggregate);
        }
        while (expressions.Accept(TokenKind.Comma));

        steps.Add(Totals(aggregates, input, row));
    }

    private static AggregateStep Totals(IReadOnlyList<Aggregate> aggregates, StructuredType input, Variable row) => new(
        aggregates,
        Outputs.Make(input, [.. aggregates.Select(aggregate => new Property(aggregate.Alias, aggregate.ResultType, nullable: true))], keyed: false),
        row);

    /// <summary>"a with m from p with n as x" is groupby((p),aggregate(a with m as x))/aggregate(x with n as x) (3.2.1.5).</summary>
    private void ParseFrom(List<Transformation> steps, Aggregate aggregate, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var from = lexer.Current;
        var groups = new List<(List<IReadOnlyList<Property>> Paths, AggregateMethod Method)>();
        while (lexer.IsWord("from"))
        {
            lexer.Advance();
            var paths = new List<IReadOnlyList<Property>>();
            do
            {
                ParseGroupingPath(input, paths);
            }
            while (expressions.Accept(TokenKind.Comma));

            groups.Add((paths, ParseMethod()));
        }

        var alias = queries.ParseAlias(null);
        if (lexer.Is(TokenKind.Comma) || groups.Count > 1)
        {
            throw context.NotSupportedAt(lexer, from, "'from' is supported once, in an aggregate of its own");
        }

        var (by, method) = groups[0];
        var inner = Totals([aggregate with { Alias = alias }], input, row);
        var properties = GroupingProperties(by, 0, isRollup: false);
        AddInner(properties, inner, input);
        var group = new GroupByStep(by, [[.. Enumerable.Range(0, by.Count)]], [inner], Outputs.Make(input, properties, keyed: false), context.NewVariable("$it", input));
        steps.Add(group);
        var total = context.NewVariable("$it", group.Output);
        steps.Add(Totals([Total(new PropertyAccess(total, group.Output.Find(alias)!), method, from) with { Alias = alias }], group.Output, total));
    }

    private Aggregate ParseAggregateValue(Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var start = lexer.Current;
        if (lexer.IsDollar("$count"))
        {
            lexer.Advance();
            return new Aggregate("", AggregateMethod.Count, null, null, null, PrimitiveType.Decimal);
        }

        if (TryParseAggregationPath((StructuredType)row.VariableType, out var path, out var isCount))
        {
            return isCount ? Count(row, path, start) : OfPath(row, path, ParseMethod(), start);
        }

        var value = expressions.ParseExpression();
        return Total(value, ParseMethod(), start);
    }

    /// <summary>
    /// A path that may lead over collections, where <c>with</c>, <c>from</c>, <c>as</c> or <c>/$count</c> follows it;
    /// else nothing is consumed: an expression begins here.
    /// </summary>
    private bool TryParseAggregationPath(StructuredType type, out List<Property> path, out bool isCount)
    {
        ref var lexer = ref expressions.Lexer;
        var before = lexer;
        path = [];
        isCount = false;
        DataType at = type;
        StructuredType? general = null;
        while (lexer.Is(TokenKind.Name) && at is StructuredType structured)
        {
            if (Names.Find(structured, lexer.CurrentText) is { } property)
            {
                path.Add(property);
                at = property.ElementType;
                if (general?.Find(property.Name) is not null && general != structured)
                {
                    throw context.NotSupportedAt(lexer, lexer.Current, $"'{property.Name}' is a property of {general.FullName}: here it is not supported behind a derived type");
                }

                general = null;
            }
            else if (Names.Cast(structured, lexer.CurrentText) is { } target)
            {
                general ??= structured;
                at = target;
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

            context.CountNode();
            lexer.Advance();
        }

        isCount = path.Count > 0 && lexer.IsDollar("$count");
        if (isCount)
        {
            lexer.Advance();
        }

        if (path.Count > 0 && (lexer.IsWord("with") || lexer.IsWord("as") || lexer.IsWord("from")))
        {
            return true;
        }

        lexer = before;
        return false;
    }

    private AggregateMethod ParseMethod()
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.IsWord("with"))
        {
            throw context.Unexpected(lexer, "an operator or 'with' and a method; custom aggregates are none");
        }

        lexer.Advance();
        var token = lexer.Is(TokenKind.Name) ? lexer.Current : throw context.Unexpected(lexer, "a method");
        var name = lexer.CurrentText.ToString();
        lexer.Advance();
        return name.ToLowerInvariant() switch
        {
            "sum" => AggregateMethod.Sum,
            "min" => AggregateMethod.Min,
            "max" => AggregateMethod.Max,
            "average" => AggregateMethod.Average,
            "countdistinct" => AggregateMethod.CountDistinct,
            _ when name.Contains('.', StringComparison.Ordinal) => throw context.NotSupportedAt(lexer, token, "custom aggregation methods are not supported"),
            _ => throw context.ErrorAt("UnknownMethod", lexer, token, $"'{Names.Clip(name)}' is no aggregation method", "allowed: sum, min, max, average, countdistinct"),
        };
    }

    private Aggregate Count(Variable row, List<Property> path, Token start)
    {
        var (collection, item, value) = Split(row, path);
        return value.Type is StructuredType && collection is null
            ? throw context.NotSupportedAt(expressions.Lexer, start, "counting complex values is not supported")
            : new Aggregate("", AggregateMethod.Count, ReferenceEquals(value, item) ? null : value, collection, item, PrimitiveType.Decimal);
    }

    private Aggregate OfPath(Variable row, List<Property> path, AggregateMethod method, Token start)
    {
        var (collection, item, value) = Split(row, path);
        if (method == AggregateMethod.CountDistinct && collection is not null && ReferenceEquals(value, item) && value.Type is StructuredType { IsEntity: true })
        {
            // Entities are distinct where they are reached: counting them is enough.
            return new Aggregate("", AggregateMethod.Count, null, collection, item, PrimitiveType.Decimal);
        }

        return Total(value, method, start) with { Collection = collection, Item = item };
    }

    /// <summary>
    /// The part of a path up to its last navigation or collection, whose items count once each (3.2.1.1), what calls
    /// an item, and the value of an item. A single-valued navigation is a collection of at most one.
    /// </summary>
    private (Expression? Collection, Variable? Item, Expression Value) Split(Variable row, List<Property> path)
    {
        var last = path.FindLastIndex(property => property.IsNavigation || property.IsCollection);
        Expression? collection = null;
        Variable? item = null;
        Expression at = row;
        for (var i = 0; i < path.Count; i++)
        {
            at = new PropertyAccess(at, path[i]);
            if (!path[i].IsCollection && i != last)
            {
                continue;
            }

            collection = item is null ? at : new Flattened(collection!, item, at, new CollectionType(path[i].ElementType));
            item = context.NewVariable("$this", path[i].ElementType);
            at = item;
        }

        return (collection, item, at);
    }

    private Aggregate Total(Expression value, AggregateMethod method, Token start)
    {
        var kind = (value.Type as PrimitiveType)?.Kind;
        DataType? result = method switch
        {
            AggregateMethod.CountDistinct when value.Type is PrimitiveType or EnumType => PrimitiveType.Decimal,
            AggregateMethod.Min or AggregateMethod.Max when value.Type is PrimitiveType or EnumType && TypeRules.IsOrdered(value.Type) => value.Type,
            AggregateMethod.Sum or AggregateMethod.Average when value.Is(PrimitiveKind.Duration) => value.Type,
            AggregateMethod.Sum or AggregateMethod.Average when value.IsNumeric => kind switch
            {
                PrimitiveKind.Decimal => PrimitiveType.Decimal,
                PrimitiveKind.Single or PrimitiveKind.Double => PrimitiveType.Double,
                _ when method == AggregateMethod.Average => PrimitiveType.Double,
                PrimitiveKind.Int64 => PrimitiveType.Decimal,
                _ => PrimitiveType.Int64,
            },
            _ => null,
        };
        return result is null
            ? throw context.ErrorAt("TypeMismatch", expressions.Lexer, start, $"values of type {TypeRules.Describe(value)} have no {NameOf(method)}")
            : new Aggregate("", method, value, null, null, result);
    }

    private static string NameOf(AggregateMethod method) => method switch
    {
        AggregateMethod.Sum => "sum",
        AggregateMethod.Min => "min",
        AggregateMethod.Max => "max",
        AggregateMethod.Average => "average",
        _ => "countdistinct",
    };
}
