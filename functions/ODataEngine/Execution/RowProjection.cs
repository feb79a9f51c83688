using ODataEngine.Execution.Aggregation;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution;

/// <summary>The members of each row in a response: compiled once from <c>$select</c>, <c>$compute</c> and <c>$expand</c>.</summary>
internal sealed class RowProjection
{
    private readonly List<ProjectedItem> items = [];
    private readonly StructuredType declaredType;
    private readonly StructuredType contextType;
    private readonly Func<StructuredType, RowProjection> createForType;
    private readonly IReadOnlyList<SelectItem>? selection;
    private Dictionary<StructuredType, RowProjection>? projectionsByType;
    private bool? lacksKey;
    private bool isAllDeclared;

    /// <param name="contextType">The type that the context URL determines; null if it is that of the query.</param>
    public RowProjection(ExpressionCompiler compiler, Table table, Query query, StructuredType? contextType = null)
        : this(compiler, table, query, GetDeclaredType(table, query), contextType, null)
    {
    }

    private RowProjection(ExpressionCompiler compiler, Table table, Query query, StructuredType declaredType, StructuredType? contextType, StructuredType? type)
    {
        this.declaredType = declaredType;
        this.contextType = contextType is not null && declaredType.IsOrDerivesFrom(contextType) ? contextType : declaredType;
        createForType = rowType => new RowProjection(compiler, table, query, declaredType, contextType, rowType);
        Type = type ?? declaredType;
        Table = table;
        Slot = query.Row?.Slot;
        selection = query.Select;
        if (query.Row is not null)
        {
            compiler.Bind(query.Row, table);
        }

        var before = compiler.CompiledNodeCount;
        AddSelected(compiler, query);
        NodeCount = compiler.CompiledNodeCount - before + 1;
        foreach (var expand in query.Expand)
        {
            AddExpanded(compiler, expand, query.Row);
        }
    }

    /// <summary>Creates a projection to every declared property except navigation properties: the default for nested values.</summary>
    public RowProjection(Table table)
        : this(table, table.Type)
    {
    }

    private RowProjection(Table table, StructuredType type)
    {
        declaredType = contextType = table.Type;
        createForType = rowType => new RowProjection(table, rowType);
        Type = type;
        Table = table;
        AddAll();
    }

    public Table Table { get; }

    /// <summary>Gets the type of the projected rows; for rows of other types see <see cref="ForRow"/>.</summary>
    public StructuredType Type { get; }

    /// <summary>Gets whether the rows are of a type derived from the one that the context URL determines.</summary>
    public bool IsDerivedType => !ReferenceEquals(Type, contextType);

    /// <summary>Gets the slot of the row in <see cref="EvaluationContext.Rows"/>, which must be set before <see cref="Items"/> are evaluated; null if no expression refers to the row.</summary>
    public int? Slot { get; }

    public IReadOnlyList<ProjectedItem> Items => items;

    /// <summary>Gets the number of nodes evaluated per row.</summary>
    public int NodeCount { get; } = 1;

    /// <summary>Gets whether the projection contains exactly the declared properties.</summary>
    public bool IsComplete => isAllDeclared && Table.IsUniform && items.TrueForAll(item => item is ColumnItem);

    /// <summary>Gets whether a key property is missing.</summary>
    public bool LacksKey => lacksKey ??= Type.Key.Any(part => !items.Exists(item => item is ColumnItem column && column.Property == part));

    /// <summary>Gets whether a navigation property is selected, so that full metadata contains its links (OData JSON Format 4.01, 8.1 and 8.2).</summary>
    public bool IsNavigationSelected(Property navigation) =>
        selection is null || selection.Any(item => item.IsWildcard || (item.Path.Count == 1 && item.Path[0] == navigation));

    /// <summary>Gets the projection for the type of a row.</summary>
    public RowProjection ForRow(int row)
    {
        var rowType = Table.GetRowType(row);
        if (ReferenceEquals(rowType, Type) || !rowType.IsOrDerivesFrom(declaredType))
        {
            return this;
        }

        projectionsByType ??= [];
        if (!projectionsByType.TryGetValue(rowType, out var projection))
        {
            projectionsByType.Add(rowType, projection = createForType(rowType));
        }

        return projection;
    }

    // After a type-cast segment, or navigation to a derived type, all rows are of that type.
    private static StructuredType GetDeclaredType(Table table, Query query) => query.RowType is { } type && type.IsOrDerivesFrom(table.Type) ? type : table.Type;

    private void AddSelected(ExpressionCompiler compiler, Query query)
    {
        if (query.Select is null)
        {
            AddAll();
            AddComputed(compiler, query.Compute);
            return;
        }

        var wildcard = query.Select.Any(item => item.IsWildcard);
        for (var index = 0; index < Type.Properties.Count; index++)
        {
            var property = Type.Properties[index];
            var selected = query.Select.Where(item => item.Path.Count > 0 && item.Path[0] == property && (item.TypeCast is null || Type.IsOrDerivesFrom(item.TypeCast))).ToList();
            if (property.IsNavigation || (selected.Count == 0 && !wildcard))
            {
                continue;
            }

            items.Add(CreateItem(compiler, GetOrdinal(index), property, selected));
        }

        AddComputed(compiler, wildcard ? query.Compute : [.. query.Select.Where(item => item.Computed is not null).Select(item => item.Computed!)]);
    }

    private ColumnItem CreateItem(ExpressionCompiler compiler, int ordinal, Property property, List<SelectItem> selected)
    {
        var column = Table.GetColumn(ordinal);
        var isWhole = selected.Count == 0 || selected.Any(item => item.Path.Count == 1 && item.Options == Query.Empty);
        if (isWhole)
        {
            return new ColumnItem(property, ordinal, column);
        }

        // address/city and address($select=city) are equivalent; several of them are merged.
        var options = selected.Select(item => item.Path.Count == 1 ? item.Options : new Query
        {
            Select = [new SelectItem([.. item.Path.Skip(1)], item.Computed, item.Options)],
        }).ToList();
        var merged = options.Aggregate((left, right) => left with { Select = [.. left.Select ?? [], .. right.Select ?? []] });
        return column switch
        {
            ComplexColumn complex => new ColumnItem(property, ordinal, column) { Nested = new RowProjection(compiler, complex.Fields, merged) },
            CollectionColumn collection => new ColumnItem(property, ordinal, column)
            {
                Plan = new QueryPlan(compiler, collection.Elements, merged),
                Nested = new RowProjection(compiler, collection.Elements, merged),
            },
            _ => new ColumnItem(property, ordinal, column),
        };
    }

    private void AddExpanded(ExpressionCompiler compiler, ExpandItem expand, Variable? row)
    {
        if (expand.Path.Count > 1 || row is null)
        {
            throw ODataErrors.NotSupported("$expand over a complex property is not supported.", "$expand");
        }

        if (!Type.Properties.Contains(expand.Navigation) || (expand.TypeCast is not null && !Type.IsOrDerivesFrom(expand.TypeCast)))
        {
            return;
        }

        // The rows can be those of another table with the same navigation property, which $apply created.
        var column = (NavigationColumn)Table[expand.Navigation];
        var options = expand.Levels > 1 && column.Target.Type.AllProperties.Contains(expand.Navigation)
            ? expand.Options with { Expand = [.. expand.Options.Expand, expand with { Levels = expand.Levels - 1 }] }
            : expand.Options;
        items.Add(new ExpandedItem(compiler, expand.Navigation, column, expand.Kind, options));
    }

    private void AddAll()
    {
        for (var index = 0; index < Type.Properties.Count; index++)
        {
            var property = Type.Properties[index];
            if (!property.IsNavigation)
            {
                var ordinal = GetOrdinal(index);
                items.Add(new ColumnItem(property, ordinal, Table.GetColumn(ordinal)));
            }
        }

        isAllDeclared = true;
    }

    // The properties of a derived type begin with those of its base type.
    private int GetOrdinal(int index) => index < Table.Type.Properties.Count ? index : Table.Type.GetOrdinal(Type.Properties[index]);

    private void AddComputed(ExpressionCompiler compiler, IReadOnlyList<ComputedProperty> computed)
    {
        foreach (var property in computed)
        {
            items.Add(new ComputedItem(property.Name, property.Expression.Type ?? PrimitiveType.String, compiler.Compile(property.Expression)));
        }
    }
}

/// <summary>One member of a projected row.</summary>
internal abstract record ProjectedItem(string Name);

/// <summary>The value of a declared property.</summary>
internal sealed record ColumnItem(Property Property, int Ordinal, Column Column) : ProjectedItem(Property.Name)
{
    /// <summary>Gets the plan that selects the items of a collection; null for all.</summary>
    public QueryPlan? Plan { get; init; }

    /// <summary>Gets the projection of a complex value or of the items of a collection; null for all properties.</summary>
    public RowProjection? Nested { get; init; }
}

/// <summary>A property that <c>$compute</c> adds.</summary>
internal sealed record ComputedItem(string Name, DataType Type, Node Node) : ProjectedItem(Name);

/// <summary>The related entities of an expanded navigation property.</summary>
internal sealed record ExpandedItem(ExpressionCompiler Compiler, Property Property, NavigationColumn Column, ExpandKind Form, Query Query) : ProjectedItem(Property.Name)
{
    // Without $apply, the related rows of all rows are those of one table.
    private readonly RelatedRows? common = Query.Apply.Count == 0 ? new RelatedRows(Compiler, RowSet.All(Column.Target), Query, Property) : null;

    /// <summary>Gets the related rows of a row, which $apply transforms for each row on its own (OData Data Aggregation 4.0, 3.8).</summary>
    public RelatedRows GetRelated(int row, EvaluationContext context) => common is { } related
        ? related with { Rows = GetRange(row) }
        : new RelatedRows(Compiler, Transform(row, context), Query, Property);

    /// <summary>Gets the related rows of several rows as ranges of one table.</summary>
    /// <param name="enterRow">Sets the variables of the row at an index; returns false if there is no row.</param>
    public (RelatedRows Related, Func<int, RowRange> GetRange) GetRelated(int[] rows, Func<int, bool> enterRow, EvaluationContext context)
    {
        if (common is { } related)
        {
            return (related, index => GetRange(rows[index]));
        }

        var starts = new int[rows.Length + 1];
        var parts = new List<RowSet>();
        for (var index = 0; index < rows.Length; index++)
        {
            starts[index + 1] = starts[index];
            if (enterRow(index))
            {
                parts.Add(Transform(rows[index], context));
                starts[index + 1] += parts[^1].Rows.Length;
            }
        }

        var table = new RowConcatenation(Compiler.Tables, context.Budget).ConcatRows(Query.Apply[^1].Output, parts);
        return (new RelatedRows(Compiler, RowSet.All(table), Query, Property), index => new RowRange(starts[index], starts[index + 1], null));
    }

    private RowRange GetRange(int row) => new(Column.Starts[row], Column.Starts[row + 1], Column.Rows);

    private RowSet Transform(int row, EvaluationContext context) =>
        new ApplyEvaluator(Compiler, context).Apply(GetRange(row).ToRowSet(Column.Target), Query.Apply);
}

/// <summary>Related rows, with the plan and the projection of the query options after <c>$apply</c>.</summary>
internal readonly record struct RelatedRows(QueryPlan Plan, RowProjection Nested, RowRange Rows)
{
    // The context URL does not contain a type cast after a navigation property (ABNF 4.01: selectListProperty).
    public RelatedRows(ExpressionCompiler compiler, RowSet rows, Query query, Property navigation)
        : this(new QueryPlan(compiler, rows.Table, query), new RowProjection(compiler, rows.Table, query, (StructuredType)navigation.ElementType), RowRange.From(rows))
    {
    }
}
