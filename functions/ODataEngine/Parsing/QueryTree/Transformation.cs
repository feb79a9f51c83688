using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The transformations are one closed family, read together: they share this file.

/// <summary>One step of <c>$apply</c> (OData Data Aggregation 4.0, 3).</summary>
/// <param name="Output">The type of the rows that come out: the input's own where only rows are chosen or ordered, else one made for this step.</param>
/// <param name="Row">What the step's expressions call an input row.</param>
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
/// A row for each combination of the grouping paths' values, for each of the grouping sets: without rollup there is
/// one set, all paths; the inner steps are applied to each group.
/// </summary>
/// <param name="GroupingPaths">Each a chain of single-valued properties from the row.</param>
/// <param name="GroupingSets">Each the indexes into <paramref name="GroupingPaths"/> that it groups by.</param>
public sealed record GroupByTransformation(
    IReadOnlyList<IReadOnlyList<Property>> GroupingPaths, IReadOnlyList<IReadOnlyList<int>> GroupingSets, IReadOnlyList<Transformation> InnerTransformations, StructuredType Output, Variable Row)
    : Transformation(Output, Row);

/// <summary>The outcomes of several sequences over the same input, one after the other.</summary>
public sealed record ConcatTransformation(IReadOnlyList<IReadOnlyList<Transformation>> Sequences, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>topcount, topsum, toppercent, bottomcount, bottomsum, bottompercent.</summary>
public sealed record TopBottomTransformation(bool IsBottom, TopBottomMethod Method, Expression Amount, Expression Value, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>A row for each input row with each related entity; <paramref name="IsOuter"/> keeps the rows without one.</summary>
public sealed record JoinTransformation(bool IsOuter, Expression Collection, string Alias, IReadOnlyList<Transformation> InnerTransformations, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>One aggregate of an <see cref="AggregateTransformation"/>.</summary>
/// <param name="Value">What is aggregated, nulls left out; null where rows or items are counted whatever is in them.</param>
/// <param name="Collection">A collection, or a single-valued navigation, that the value is taken over, each item once; null for the rows themselves.</param>
/// <param name="Item">What <paramref name="Value"/> calls an item of <paramref name="Collection"/>.</param>
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
