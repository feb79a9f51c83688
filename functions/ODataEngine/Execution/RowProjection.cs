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
    private readonly Func<StructuredType, RowProjection> createForType;
    private Dictionary<StructuredType, RowProjection>? projectionsByType;
    private bool? lacksKey;
    private bool isAllDeclared;

    public RowProjection(ExpressionCompiler compiler, Table table, Query query)
        : this(compiler, table, query, GetDeclaredType(table, query), null)
    {
    }

    private RowProjection(ExpressionCompiler compiler, Table table, Query query, StructuredType declaredType, StructuredType? type)
    {
        this.declaredType = declaredType;
        createForType = rowType => new RowProjection(compiler, table, query, declaredType, rowType);
        Type = type ?? declaredType;
        Table = table;
        Slot = query.Row?.Slot;
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
        declaredType = table.Type;
        createForType = rowType => new RowProjection(table, rowType);
        Type = type;
        Table = table;
        AddAll();
    }

    public Table Table { get; }

    /// <summary>Gets the type of the projected rows; for rows of other types see <see cref="ForRow"/>.</summary>
    public StructuredType Type { get; }

    /// <summary>Gets whether the rows are of a type derived from the one that the URL determines.</summary>
    public bool IsDerivedType => !ReferenceEquals(Type, declaredType);

    /// <summary>Gets the slot of the row in <see cref="EvaluationContext.Rows"/>, which must be set before <see cref="Items"/> are evaluated; null if no expression refers to the row.</summary>
    public int? Slot { get; }

    public IReadOnlyList<ProjectedItem> Items => items;

    /// <summary>Gets the number of nodes evaluated per row.</summary>
    public int NodeCount { get; } = 1;

    /// <summary>Gets whether the projection contains exactly the declared properties.</summary>
    public bool IsComplete => isAllDeclared && Table.IsUniform && items.TrueForAll(item => item is ColumnItem);

    /// <summary>Gets whether a key property is missing.</summary>
    public bool LacksKey => lacksKey ??= Type.Key.Any(part => !items.Exists(item => item is ColumnItem column && column.Property == part));

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

        var column = (NavigationColumn)Table[expand.Navigation];
        var options = expand.Levels > 1 && column.Target == Table
            ? expand.Options with { Expand = [.. expand.Options.Expand, expand with { Levels = expand.Levels - 1 }] }
            : expand.Options;
        items.Add(new ExpandedItem(
            expand.Navigation,
            column,
            expand.Kind,
            new QueryPlan(compiler, column.Target, options),
            new RowProjection(compiler, column.Target, options)));
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
internal sealed record ExpandedItem(Property Property, NavigationColumn Column, ExpandKind Form, QueryPlan Plan, RowProjection Nested) : ProjectedItem(Property.Name);
