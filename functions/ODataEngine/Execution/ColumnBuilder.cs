using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;

namespace ODataEngine.Execution;

/// <summary>Creates the columns of tables that a query creates.</summary>
internal static class ColumnBuilder
{
    /// <summary>Creates a column of the values of some rows of another; -1 is a missing row, whose value is null.</summary>
    public static Column Gather(Column source, ReadOnlySpan<int> rows)
    {
        var column = source switch
        {
            ComplexColumn complex => new ComplexColumn(complex.Property, Gather(complex.Fields, rows), GetNullFlags(source, rows)),
            CollectionColumn collection => Gather(collection, rows),
            NavigationColumn link => Gather(link, rows),
            _ => TypeDispatcher.Dispatch(source.Property.ElementType, new GatherOperation(source, rows.ToArray())),
        };
        return column.MarkAbsent(GatherAbsent(source, rows));
    }

    /// <summary>Gets the rows of a gathered column that lack the property; null for none.</summary>
    public static bool[]? GatherAbsent(Column source, ReadOnlySpan<int> rows) =>
        source.Absent is null ? null : Array.ConvertAll(rows.ToArray(), row => row >= 0 && source.IsAbsent(row));

    /// <summary>Creates a table of some rows of another.</summary>
    public static Table Gather(Table source, ReadOnlySpan<int> rows)
    {
        var columns = new Column[source.Type.AllProperties.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Gather(source.GetColumn(i), rows);
        }

        return new Table(source.Type, rows.Length, columns, GetRowTypes(source, rows));
    }

    /// <summary>Gets the type of each row; null if no type derives from the declared one.</summary>
    private static StructuredType[]? GetRowTypes(Table source, ReadOnlySpan<int> rows)
    {
        if (source.Type.DerivedTypes.Count == 0)
        {
            return null;
        }

        var types = new StructuredType[rows.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = rows[i] < 0 ? source.Type : source.GetRowType(rows[i]);
        }

        return types;
    }

    /// <summary>Creates a column of the value of a node for each row.</summary>
    public static Column Compute(Property property, Node node, int slot, ReadOnlySpan<int> rows, EvaluationContext context) =>
        TypeDispatcher.Dispatch(property.Type, new ComputeOperation(property, node, slot, rows.ToArray(), context));

    /// <summary>Creates a column of boxed values; null for null.</summary>
    public static Column FromBoxed(Property property, IReadOnlyList<object?> values) => property.Type is CollectionType or StructuredType
        ? throw new NotSupportedException($"'{property}' is not primitive.")
        : TypeDispatcher.Dispatch(property.Type, new UnboxOperation(property, values));

    /// <summary>Creates a column in which every value is null.</summary>
    public static Column CreateNull(TableSet tables, Property property, int count)
    {
        switch (property.Type)
        {
            case var _ when property.IsNavigation:
                // Types refer to each other in cycles, which end here: no row leads to the target set.
                return new NavigationColumn(property, tables[property.TargetSet!], new int[count + 1], []);
            case StructuredType type:
                return new ComplexColumn(property, new Table(type, count, [.. type.AllProperties.Select(inner => CreateNull(tables, inner, count))]), CreateAllTrue(count));
            case CollectionType { Element: StructuredType element }:
                return new CollectionColumn(property, new Table(element, 0, [.. element.AllProperties.Select(inner => CreateNull(tables, inner, 0))]), new int[count + 1]);
            case CollectionType collection:
                var item = new StructuredType("", property.Name + "Item", [new Property(CollectionColumn.ItemName, collection.Element, true)], []);
                return new CollectionColumn(property, new Table(item, 0, [CreateNull(tables, item.Properties[0], 0)]), new int[count + 1]);
            default:
                return FromBoxed(property, new object?[count]);
        }
    }

    /// <summary>Creates a table of the rows of several tables, one after the other; -1 is a missing row.</summary>
    public static Table ConcatRows(TableSet tables, StructuredType type, IReadOnlyList<RowSet> inputs)
    {
        // A table that a grouping created has a type of its own without derived types.
        StructuredType GetRowType(Table table, int row) => row >= 0 && table.GetRowType(row) is var own && own.IsOrDerivesFrom(type) ? own : type;
        StructuredType[]? types = type.DerivedTypes.Count == 0 ? null : [.. inputs.SelectMany(input => input.Rows.ToArray().Select(row => GetRowType(input.Table, row)))];
        return new Table(type, inputs.Sum(input => input.Rows.Length), [.. type.AllProperties.Select(property => Concat(tables, property, inputs))], types);
    }

    /// <summary>Creates a column of the values of the rows of several tables, one after the other; absent for the rows of a table without the property.</summary>
    public static Column Concat(TableSet tables, Property property, IReadOnlyList<RowSet> inputs)
    {
        var absent = new List<bool>();
        foreach (var input in inputs)
        {
            var column = input.Table.FindProperty(property.Name) is { } found ? input.Table[found] : null;
            foreach (var row in input.Rows.Span)
            {
                absent.Add(column is null || (row >= 0 && column.IsAbsent(row)));
            }
        }

        return ConcatValues(tables, property, inputs).MarkAbsent(absent.Contains(true) ? [.. absent] : null);
    }

    private static Column ConcatValues(TableSet tables, Property property, IReadOnlyList<RowSet> inputs)
    {
        if (property.Type is StructuredType or CollectionType)
        {
            return ConcatNested(tables, property, inputs);
        }

        var values = new List<object?>();
        foreach (var input in inputs)
        {
            var column = input.Table.FindProperty(property.Name) is { } found ? (ValueColumn)input.Table[found] : null;
            foreach (var row in input.Rows.Span)
            {
                values.Add(column?.GetBoxedValue(row));
            }
        }

        return FromBoxed(property, values);
    }

    private static Column ConcatNested(TableSet tables, Property property, IReadOnlyList<RowSet> inputs)
    {
        var sources = inputs.Where(input => input.Table.FindProperty(property.Name) is not null).Select(input => input.Table).Distinct().ToList();
        if (sources.Count == 0)
        {
            return CreateNull(tables, property, inputs.Sum(input => input.Rows.Length));
        }

        if (sources.Count > 1)
        {
            return ConcatParts(tables, property, [.. inputs.Select(input => input.Table.FindProperty(property.Name) is { } found
                ? (input.Table[found], input.Rows.ToArray())
                : (CreateNull(tables, property, input.Rows.Length), Enumerable.Range(0, input.Rows.Length).ToArray()))]);
        }

        var rows = inputs.SelectMany(input => input.Table == sources[0] ? input.Rows.ToArray() : Enumerable.Repeat(-1, input.Rows.Length));
        return Gather(sources[0][property.Name], [.. rows]);
    }

    private static Column ConcatParts(TableSet tables, Property property, IReadOnlyList<(Column Column, int[] Rows)> parts)
    {
        var count = parts.Sum(part => part.Rows.Length);
        if (property.Type is StructuredType && !property.IsNavigation)
        {
            // If groupby created complex values from related entities in one part, the related entities of the other parts become complex values too.
            parts = [.. parts.Select(part => part.Column is NavigationColumn link ? ToComplex(property, link, part.Rows) : part)];
            var properties = parts.Select(part => new RowSet(((ComplexColumn)part.Column).Fields, part.Rows)).ToList();
            bool[] nulls = [.. parts.SelectMany(part => part.Rows.Select(row => part.Column.IsNull(row)))];
            return new ComplexColumn(property, ConcatRows(tables, (StructuredType)property.Type, properties), nulls);
        }

        var starts = new int[count + 1];
        var items = new List<RowSet>();
        var position = 0;
        foreach (var (column, rows) in parts)
        {
            // Related entities of one navigation property are rows of one table; an item of a collection belongs to its row.
            var collected = new List<int>();
            foreach (var row in rows)
            {
                var before = collected.Count;
                collected.AddRange(column is NavigationColumn link ? link.GetTargets(row).ToArray() : GetItemRows((CollectionColumn)column, row));
                starts[position + 1] = starts[position++] + collected.Count - before;
            }

            items.Add(new RowSet(column is NavigationColumn related ? related.Target : ((CollectionColumn)column).Elements, collected.ToArray()));
        }

        return parts[0].Column is NavigationColumn first
            ? new NavigationColumn(property, first.Target, starts, [.. items.SelectMany(part => part.Rows.ToArray())])
            : new CollectionColumn(property, ConcatRows(tables, ((CollectionColumn)parts[0].Column).Elements.Type, items), starts);
    }

    private static (Column Column, int[] Rows) ToComplex(Property property, NavigationColumn link, int[] rows)
    {
        var targets = Array.ConvertAll(rows, link.GetSingleTarget);
        return (new ComplexColumn(property, Gather(link.Target, targets), Array.ConvertAll(targets, target => target < 0)), [.. Enumerable.Range(0, rows.Length)]);
    }

    private static IEnumerable<int> GetItemRows(CollectionColumn column, int row) => Enumerable.Range(column.Starts[row], column.GetCount(row));

    private static CollectionColumn Gather(CollectionColumn source, ReadOnlySpan<int> rows)
    {
        var starts = new int[rows.Length + 1];
        var items = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var item = rows[i] < 0 ? 0 : source.Starts[rows[i]]; rows[i] >= 0 && item < source.Starts[rows[i] + 1]; item++)
            {
                items.Add(item);
            }

            starts[i + 1] = items.Count;
        }

        return new CollectionColumn(source.Property, Gather(source.Elements, items.ToArray()), starts);
    }

    private static NavigationColumn Gather(NavigationColumn source, ReadOnlySpan<int> rows)
    {
        var starts = new int[rows.Length + 1];
        var targets = new List<int>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0)
            {
                targets.AddRange(source.GetTargets(rows[i]));
            }

            starts[i + 1] = targets.Count;
        }

        return new NavigationColumn(source.Property, source.Target, starts, [.. targets]);
    }

    private static bool[] GetNullFlags(Column source, ReadOnlySpan<int> rows)
    {
        var nulls = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            nulls[i] = rows[i] < 0 || source.IsNull(rows[i]);
        }

        return nulls;
    }

    private static bool[] CreateAllTrue(int count)
    {
        var all = new bool[count];
        Array.Fill(all, true);
        return all;
    }

    private readonly record struct GatherOperation(Column Source, int[] Rows) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            var source = (ValueColumn<T>)Source;
            var values = new T[Rows.Length];
            for (var i = 0; i < values.Length; i++)
            {
                if (Rows[i] >= 0)
                {
                    values[i] = source.Values[Rows[i]];
                }
            }

            return new ValueColumn<T>(source.Property, values, GetNullFlags(source, Rows));
        }
    }

    private readonly record struct ComputeOperation(Property Property, Node Node, int Slot, int[] Rows, EvaluationContext Context) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            var node = (Node<T>)Node;
            var values = new T[Rows.Length];
            var nulls = new bool[Rows.Length];
            for (var i = 0; i < values.Length; i++)
            {
                Context.Rows[Slot] = Rows[i];
                nulls[i] = !node.TryGet(Context, out values[i]);
            }

            return new ValueColumn<T>(Property, values, nulls);
        }
    }

    private readonly record struct UnboxOperation(Property Property, IReadOnlyList<object?> BoxedValues) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            var values = new T[BoxedValues.Count];
            var nulls = new bool[BoxedValues.Count];
            for (var i = 0; i < values.Length; i++)
            {
                nulls[i] = BoxedValues[i] is null;
                values[i] = BoxedValues[i] is null ? default! : (T)BoxedValues[i]!;
            }

            return new ValueColumn<T>(Property, values, nulls);
        }
    }
}
