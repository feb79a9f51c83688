using System.Runtime.CompilerServices;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;

namespace ODataEngine.Execution;

/// <summary>Creates the columns of tables that a query creates. Memory is consumed from the budget before it is allocated.</summary>
internal static class ColumnBuilder
{
    /// <summary>Creates a column of the values of some rows of another; -1 is a missing row, whose value is null.</summary>
    public static Column Gather(Column source, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        var column = source switch
        {
            ComplexColumn complex => new ComplexColumn(complex.Property, Gather(complex.Fields, rows, budget), GetNullFlags(source, rows)),
            CollectionColumn collection => Gather(collection, rows, budget),
            NavigationColumn link => Gather(link, rows, budget),
            _ => TypeDispatcher.Dispatch(source.Property.ElementType, new GatherOperation(source, rows.ToArray(), budget)),
        };
        return column.MarkAbsent(GatherAbsent(source, rows));
    }

    /// <summary>Gets the rows of a gathered column that lack the property; null for none.</summary>
    public static bool[]? GatherAbsent(Column source, ReadOnlySpan<int> rows) =>
        source.Absent is null ? null : Array.ConvertAll(rows.ToArray(), row => row >= 0 && source.IsAbsent(row));

    /// <summary>Creates a table of some rows of another.</summary>
    public static Table Gather(Table source, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        var columns = new Column[source.Type.AllProperties.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Gather(source.GetColumn(i), rows, budget);
        }

        return new Table(source.Type, rows.Length, columns, GetRowTypes(source, rows, budget));
    }

    /// <summary>Gets the type of each row; null if no type derives from the declared one.</summary>
    private static StructuredType[]? GetRowTypes(Table source, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        if (source.Type.DerivedTypes.Count == 0)
        {
            return null;
        }

        budget.ConsumeMemory((long)rows.Length * IntPtr.Size);
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

    /// <summary>Creates a column without rows.</summary>
    public static Column CreateEmpty(TableSet tables, Property property) => CreateNull(tables, property, 0, null);

    /// <summary>Creates a column in which every value is null.</summary>
    public static Column CreateNull(TableSet tables, Property property, int count, QueryBudget? budget)
    {
        budget?.ConsumeMemory((long)count * sizeof(int));
        switch (property.Type)
        {
            case var _ when property.IsNavigation:
                // Types refer to each other in cycles, which end here: no row leads to the target set.
                return new NavigationColumn(property, tables[property.TargetSet!], new int[count + 1], []);
            case StructuredType type:
                return new ComplexColumn(property, new Table(type, count, [.. type.AllProperties.Select(inner => CreateNull(tables, inner, count, budget))]), CreateAllTrue(count));
            case CollectionType { Element: StructuredType element }:
                return new CollectionColumn(property, new Table(element, 0, [.. element.AllProperties.Select(inner => CreateEmpty(tables, inner))]), new int[count + 1]);
            case CollectionType collection:
                var item = new StructuredType("", property.Name + "Item", [new Property(CollectionColumn.ItemName, collection.Element, true)], []);
                return new CollectionColumn(property, new Table(item, 0, [CreateEmpty(tables, item.Properties[0])]), new int[count + 1]);
            default:
                return TypeDispatcher.Dispatch(property.Type, new CreateNullOperation(property, count, budget));
        }
    }

    /// <summary>Gets the memory of a number of values and their null flags.</summary>
    public static long GetBytes<T>(long count) => count * (Unsafe.SizeOf<T>() + sizeof(bool));

    private static CollectionColumn Gather(CollectionColumn source, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        var (starts, items) = GatherRuns(source.Starts, rows, budget);
        for (var i = 0; i < rows.Length; i++)
        {
            for (int item = starts[i], from = rows[i] < 0 ? 0 : source.Starts[rows[i]]; item < starts[i + 1]; item++, from++)
            {
                items[item] = from;
            }
        }

        return new CollectionColumn(source.Property, Gather(source.Elements, items, budget), starts);
    }

    private static NavigationColumn Gather(NavigationColumn source, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        var (starts, targets) = GatherRuns(source.Starts, rows, budget);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0)
            {
                source.GetTargets(rows[i]).CopyTo(targets.AsSpan(starts[i]));
            }
        }

        return new NavigationColumn(source.Property, source.Target, starts, targets);
    }

    /// <summary>Gets the start of the run of each row in a gathered column, and an array for the elements of all runs.</summary>
    private static (int[] Starts, int[] Elements) GatherRuns(int[] sourceStarts, ReadOnlySpan<int> rows, QueryBudget budget)
    {
        budget.ConsumeMemory((long)rows.Length * sizeof(int));
        var starts = new int[rows.Length + 1];
        var count = 0L;
        for (var i = 0; i < rows.Length; i++)
        {
            count += rows[i] < 0 ? 0 : sourceStarts[rows[i] + 1] - sourceStarts[rows[i]];
            starts[i + 1] = (int)count;
        }

        // Consumed before the allocation: more elements than an int can count exceed every allowed limit.
        budget.ConsumeMemory(count * sizeof(int));
        return (starts, new int[count]);
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

    private readonly record struct GatherOperation(Column Source, int[] Rows, QueryBudget Budget) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            Budget.ConsumeMemory(GetBytes<T>(Rows.Length));
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
            Context.Budget.ConsumeMemory(GetBytes<T>(Rows.Length));
            var node = (Node<T>)Node;
            var values = new T[Rows.Length];
            var nulls = new bool[Rows.Length];
            for (var i = 0; i < values.Length; i++)
            {
                Context.Rows[Slot] = Rows[i];
                nulls[i] = !node.TryGet(Context, out values[i]);
                Context.Budget.ConsumeValue(values[i]);
            }

            return new ValueColumn<T>(Property, values, nulls);
        }
    }

    private readonly record struct CreateNullOperation(Property Property, int Count, QueryBudget? Budget) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            Budget?.ConsumeMemory(GetBytes<T>(Count));
            return new ValueColumn<T>(Property, new T[Count], CreateAllTrue(Count));
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
