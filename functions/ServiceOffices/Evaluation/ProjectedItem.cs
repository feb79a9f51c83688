using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

// The items of a projection are one closed family, read together: they share this file.

/// <summary>One member of a projected row.</summary>
internal abstract record ProjectedItem(string Name);

/// <summary>A declared property's own value.</summary>
internal sealed record ColumnItem(Property Property, int Ordinal, Column Column) : ProjectedItem(Property.Name)
{
    /// <summary>Which of a collection's items are shown; null for all.</summary>
    public QueryPlan? Plan { get; init; }

    /// <summary>What is shown of a complex value, or of a collection's items; null for all.</summary>
    public RowProjection? Nested { get; init; }
}

/// <summary>A value that <c>$compute</c> adds.</summary>
internal sealed record ComputedItem(string Name, DataType Type, Node Node) : ProjectedItem(Name);

/// <summary>Related entities in the place of a navigation property.</summary>
internal sealed record ExpandedItem(Property Property, NavigationColumn Column, ExpandKind Form, QueryPlan Plan, RowProjection Nested) : ProjectedItem(Property.Name);
