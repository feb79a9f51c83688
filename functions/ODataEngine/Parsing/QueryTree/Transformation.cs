using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The transformations are one closed family, read together: they share this file.

/// <summary>One step of <c>$apply</c> (OData Data Aggregation 4.0, 3).</summary>
/// <param name="Output">The type of the output rows: the input's own type if rows are only selected or ordered, otherwise a new type.</param>
/// <param name="Row">The variable of an input row in the expressions.</param>
public abstract record Transformation(StructuredType Output, Variable Row);

public sealed record FilterTransformation(Expression Filter, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record SearchTransformation(SearchExpression Search, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record OrderByTransformation(IReadOnlyList<OrderItem> Items, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record SkipTransformation(long Count, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record TopTransformation(long Count, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record IdentityTransformation(StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>Adds computed columns; the output's new properties follow the input's, in this order.</summary>
public sealed record ComputeTransformation(IReadOnlyList<ComputedProperty> Properties, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>One row of totals, in the order of the output's properties.</summary>
public sealed record AggregateTransformation(IReadOnlyList<AggregateExpression> Aggregates, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>
/// A row for each combination of the values of the grouping paths, for each grouping set. Without rollup there is one set of all
/// paths. The inner transformations are applied to each group.
/// </summary>
/// <param name="GroupingPaths">Each path is a chain of single-valued properties.</param>
/// <param name="GroupingSets">Each set is a list of indexes into <paramref name="GroupingPaths"/>.</param>
public sealed record GroupByTransformation(
    IReadOnlyList<IReadOnlyList<Property>> GroupingPaths, IReadOnlyList<IReadOnlyList<int>> GroupingSets, IReadOnlyList<Transformation> InnerTransformations, StructuredType Output, Variable Row)
    : Transformation(Output, Row);

/// <summary>The concatenated results of several sequences over the same input.</summary>
public sealed record ConcatTransformation(IReadOnlyList<IReadOnlyList<Transformation>> Sequences, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>topcount, topsum, toppercent, bottomcount, bottomsum, bottompercent.</summary>
public sealed record TopBottomTransformation(bool IsBottom, TopBottomMethod Method, Expression Amount, Expression Value, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>A row for each input row with each related entity; <paramref name="IsOuter"/> keeps the rows without one.</summary>
public sealed record JoinTransformation(bool IsOuter, Expression Collection, string Alias, IReadOnlyList<Transformation> InnerTransformations, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>One aggregate of an <see cref="AggregateTransformation"/>.</summary>
/// <param name="Value">The aggregated value; null values are ignored. Null if rows or items are counted.</param>
/// <param name="Collection">The collection or single-valued navigation property whose items are aggregated, each once; null for the rows.</param>
/// <param name="Item">The variable of an item of <paramref name="Collection"/> in <paramref name="Value"/>.</param>
public sealed record AggregateExpression(string Alias, AggregationMethod Method, Expression? Value, Expression? Collection, Variable? Item, DataType ResultType);

public enum AggregationMethod
{
    Sum,
    Min,
    Max,
    Average,
    Count,
    CountDistinct,
}

public enum TopBottomMethod
{
    Count,
    Sum,
    Percent,
}
