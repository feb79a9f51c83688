using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// The transformations are one closed family, read together: they share this file.

/// <summary>One step of <c>$apply</c> (OData Data Aggregation 4.0, 3).</summary>
/// <param name="Output">The type of the rows that come out: the input's own where only rows are chosen or ordered, else one made for this step.</param>
/// <param name="Row">What the step's expressions call an input row.</param>
public abstract record Transformation(StructuredType Output, Variable Row);

public sealed record FilterStep(Expression Filter, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record SearchStep(SearchExpression Search, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record OrderByStep(IReadOnlyList<OrderItem> Items, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record SkipStep(long Count, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record TopStep(long Count, StructuredType Output, Variable Row) : Transformation(Output, Row);

public sealed record IdentityStep(StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>Adds computed columns; the output's new properties follow the input's, in this order.</summary>
public sealed record ComputeStep(IReadOnlyList<ComputedProperty> Properties, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>One row of totals, in the order of the output's properties.</summary>
public sealed record AggregateStep(IReadOnlyList<Aggregate> Aggregates, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>
/// A row for each combination of the grouping paths' values, for each of the grouping sets: without rollup there is
/// one set, all paths; the inner steps are applied to each group.
/// </summary>
/// <param name="Paths">Each a chain of single-valued properties from the row.</param>
/// <param name="Sets">Each the indexes into <paramref name="Paths"/> that it groups by.</param>
public sealed record GroupByStep(
    IReadOnlyList<IReadOnlyList<Property>> Paths, IReadOnlyList<IReadOnlyList<int>> Sets, IReadOnlyList<Transformation> Inner, StructuredType Output, Variable Row)
    : Transformation(Output, Row);

/// <summary>The outcomes of several sequences over the same input, one after the other.</summary>
public sealed record ConcatStep(IReadOnlyList<IReadOnlyList<Transformation>> Sequences, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>topcount, topsum, toppercent, bottomcount, bottomsum, bottompercent.</summary>
public sealed record RankStep(bool Bottom, RankMeasure Measure, Expression Amount, Expression Value, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>A row for each input row with each related entity; <paramref name="Outer"/> keeps the rows without one.</summary>
public sealed record JoinStep(bool Outer, Expression Collection, string Alias, IReadOnlyList<Transformation> Inner, StructuredType Output, Variable Row) : Transformation(Output, Row);

/// <summary>One aggregate of an <see cref="AggregateStep"/>.</summary>
/// <param name="Value">What is aggregated, nulls left out; null where rows or items are counted whatever is in them.</param>
/// <param name="Collection">A collection, or a single-valued navigation, that the value is taken over, each item once; null for the rows themselves.</param>
/// <param name="Item">What <paramref name="Value"/> calls an item of <paramref name="Collection"/>.</param>
public sealed record Aggregate(string Alias, AggregateMethod Method, Expression? Value, Expression? Collection, Variable? Item, DataType ResultType);

public enum AggregateMethod
{
    Sum,
    Min,
    Max,
    Average,
    Count,
    CountDistinct,
}

public enum RankMeasure
{
    Count,
    Sum,
    Percent,
}
