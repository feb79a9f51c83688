using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

/// <summary>
/// The system query options of one collection or entity, bound to the model: of the request itself, of an expanded
/// navigation property or of a selected property.
/// </summary>
public sealed record Query
{
    public static Query Empty { get; } = new();

    /// <summary>The variable of <c>$it</c> (request) or <c>$this</c> (nested) in the expressions; null if the query has none.</summary>
    public Variable? Row { get; init; }

    /// <summary><c>$apply</c>, evaluated first; empty if absent.</summary>
    public IReadOnlyList<Transformation> Apply { get; init; } = [];

    public IReadOnlyList<ComputedProperty> Compute { get; init; } = [];

    public SearchExpression? Search { get; init; }

    public Expression? Filter { get; init; }

    public IReadOnlyList<OrderItem> OrderBy { get; init; } = [];

    public long? Skip { get; init; }

    public long? Top { get; init; }

    public bool IncludeCount { get; init; }

    /// <summary>Null if every declared property is selected.</summary>
    public IReadOnlyList<SelectItem>? Select { get; init; }

    public IReadOnlyList<ExpandItem> Expand { get; init; } = [];

    public string? SkipToken { get; init; }

    public string? DeltaToken { get; init; }

    /// <summary>The row type for <see cref="Select"/>, <see cref="Expand"/> and paths in expressions: that of the collection, or the output of <c>$apply</c>.</summary>
    public StructuredType? RowType { get; init; }
}

/// <summary>A property that <c>$compute</c> adds.</summary>
public sealed record ComputedProperty(string Name, Expression Expression)
{
    /// <summary>The number of nodes of the expression, including those of the computed properties that it refers to.</summary>
    public int NodeCount { get; init; }
}

/// <summary>One sort key of <c>$orderby</c>. Null sorts below every value (OData 4.01 Part 1, 11.2.6.2).</summary>
public sealed record OrderItem(Expression Expression, bool Descending);

/// <summary>One item of <c>$select</c>.</summary>
/// <param name="Path">The path through complex properties to the selected property; empty for <c>*</c> (all declared properties except navigation properties) or if <paramref name="Computed"/> is selected.</param>
/// <param name="Options">Options nested in parentheses; <see cref="Query.Empty"/> if there are none.</param>
public sealed record SelectItem(IReadOnlyList<Property> Path, ComputedProperty? Computed, Query Options)
{
    /// <summary>The derived type of the rows that the item applies to; null for all rows.</summary>
    public StructuredType? TypeCast { get; init; }

    public bool IsWildcard => Path.Count == 0 && Computed is null;
}

/// <summary>One item of <c>$expand</c>.</summary>
/// <param name="Path">The path through complex properties; the last property is the navigation property.</param>
/// <param name="Kind">Whole entities, references or the count.</param>
/// <param name="Options">Options nested in parentheses; <see cref="Query.Empty"/> if there are none.</param>
/// <param name="Levels">The number of levels, at least 1; <c>max</c> is the number that the limits allow.</param>
public sealed record ExpandItem(IReadOnlyList<Property> Path, ExpandKind Kind, Query Options, int Levels)
{
    /// <summary>The derived type of the rows that the item applies to; null for all rows.</summary>
    public StructuredType? TypeCast { get; init; }

    /// <summary>The derived type of the related entities that <c>Options</c> includes; null for all.</summary>
    public StructuredType? TargetTypeCast { get; init; }

    public Property Navigation => Path[^1];
}

/// <summary>The form of an expanded navigation property.</summary>
public enum ExpandKind
{
    Entities,
    References,
    Count,
}

/// <summary>The expression of <c>$search</c> (OData 4.01 Part 2, 5.1.8).</summary>
public abstract record SearchExpression;

/// <summary>A word or a phrase that a match contains.</summary>
public sealed record SearchTerm(string Text) : SearchExpression;

public sealed record SearchNot(SearchExpression Operand) : SearchExpression;

public sealed record SearchAnd(SearchExpression Left, SearchExpression Right) : SearchExpression;

public sealed record SearchOr(SearchExpression Left, SearchExpression Right) : SearchExpression;
