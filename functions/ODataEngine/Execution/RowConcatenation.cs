using ODataEngine.Execution.Compilation;
using ODataEngine.Model;

namespace ODataEngine.Execution;

/// <summary>Creates tables and columns of the rows of several tables, one after the other. Memory is consumed from the budget before it is allocated.</summary>
internal sealed class RowConcatenation(TableSet tables, QueryBudget budget)
{
    /// <summary>Creates a table of the rows of several tables, one after the other; -1 is a missing row.</summary>
    public Table ConcatRows(StructuredType type, IReadOnlyList<RowSet> inputs)
    {
        var count = CountRows(inputs);
        budget.ConsumeTable(type.AllProperties.Count, count);
        StructuredType[]? types = null;
        if (type.DerivedTypes.Count > 0)
        {
            budget.ConsumeMemory(count * IntPtr.Size);
            types = [.. inputs.SelectMany(input => input.Rows.ToArray().Select(row => GetRowType(type, input.Table, row)))];
        }

        return new Table(type, (int)count, [.. type.AllProperties.Select(property => Concat(property, inputs))], types);
    }

    // A table that a grouping created has a type of its own without derived types.
    private static StructuredType GetRowType(StructuredType type, Table table, int row) =>
        row >= 0 && table.GetRowType(row) is var own && own.IsOrDerivesFrom(type) ? own : type;

    /// <summary>Creates a column of the values of the rows of several tables, one after the other; absent for the rows of a table without the property.</summary>
    public Column Concat(Property property, IReadOnlyList<RowSet> inputs)
    {
        bool[]? absent = null;
        var position = 0;
        foreach (var input in inputs)
        {
            var column = FindColumn(input, property);
            if (column is { Absent: null })
            {
                position += input.Rows.Length;
                continue;
            }

            absent ??= new bool[CountRows(inputs)];
            foreach (var row in input.Rows.Span)
            {
                absent[position++] = column is null || (row >= 0 && column.IsAbsent(row));
            }
        }

        return ConcatValues(property, inputs).MarkAbsent(absent is not null && absent.Contains(true) ? absent : null);
    }

    private static long CountRows(IReadOnlyList<RowSet> inputs) => inputs.Sum(input => (long)input.Rows.Length);

    private static Column? FindColumn(RowSet input, Property property) => input.Table.FindProperty(property.Name) is { } found ? input.Table[found] : null;

    private Column ConcatValues(Property property, IReadOnlyList<RowSet> inputs) => property.Type is StructuredType or CollectionType
        ? ConcatNested(property, inputs)
        : TypeDispatcher.Dispatch(property.Type, new ConcatOperation(property, inputs, budget));

    private Column ConcatNested(Property property, IReadOnlyList<RowSet> inputs)
    {
        var sources = inputs.Where(input => input.Table.FindProperty(property.Name) is not null).Select(input => input.Table).Distinct().ToList();
        if (sources.Count == 0)
        {
            return ColumnBuilder.CreateNull(tables, property, (int)CountRows(inputs), budget);
        }

        if (sources.Count > 1)
        {
            return ConcatParts(property, [.. inputs.Select(input => FindColumn(input, property) is { } found
                ? (found, input.Rows.ToArray())
                : (ColumnBuilder.CreateNull(tables, property, input.Rows.Length, budget), Enumerable.Range(0, input.Rows.Length).ToArray()))]);
        }

        var rows = inputs.SelectMany(input => input.Table == sources[0] ? input.Rows.ToArray() : Enumerable.Repeat(-1, input.Rows.Length));
        return ColumnBuilder.Gather(sources[0][property.Name], [.. rows], budget);
    }

    private Column ConcatParts(Property property, IReadOnlyList<(Column Column, int[] Rows)> parts)
    {
        var count = parts.Sum(part => part.Rows.Length);
        if (property.Type is StructuredType && !property.IsNavigation)
        {
            // If groupby created complex values from related entities in one part, the related entities of the other parts become complex values too.
            parts = [.. parts.Select(part => part.Column is NavigationColumn link ? ToComplex(property, link, part.Rows) : part)];
            var properties = parts.Select(part => new RowSet(((ComplexColumn)part.Column).Fields, part.Rows)).ToList();
            bool[] nulls = [.. parts.SelectMany(part => part.Rows.Select(row => part.Column.IsNull(row)))];
            return new ComplexColumn(property, ConcatRows((StructuredType)property.Type, properties), nulls);
        }

        budget.ConsumeMemory((long)count * sizeof(int));
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
                budget.ConsumeMemory((long)(collected.Count - before) * sizeof(int));
                starts[position + 1] = starts[position++] + collected.Count - before;
            }

            items.Add(new RowSet(column is NavigationColumn related ? related.Target : ((CollectionColumn)column).Elements, collected.ToArray()));
        }

        return parts[0].Column is NavigationColumn first
            ? new NavigationColumn(property, first.Target, starts, [.. items.SelectMany(part => part.Rows.ToArray())])
            : new CollectionColumn(property, ConcatRows(((CollectionColumn)parts[0].Column).Elements.Type, items), starts);
    }

    private (Column Column, int[] Rows) ToComplex(Property property, NavigationColumn link, int[] rows)
    {
        var targets = Array.ConvertAll(rows, link.GetSingleTarget);
        return (new ComplexColumn(property, ColumnBuilder.Gather(link.Target, targets, budget), Array.ConvertAll(targets, target => target < 0)), [.. Enumerable.Range(0, rows.Length)]);
    }

    private static IEnumerable<int> GetItemRows(CollectionColumn column, int row) => Enumerable.Range(column.Starts[row], column.GetCount(row));

    private readonly record struct ConcatOperation(Property Property, IReadOnlyList<RowSet> Inputs, QueryBudget Budget) : TypeDispatcher.ITypedOperation<Column>
    {
        public Column Invoke<T>()
        {
            var count = CountRows(Inputs);
            Budget.ConsumeMemory(ColumnBuilder.GetBytes<T>(count));
            var values = new T[count];
            var nulls = new bool[count];
            var position = 0;
            foreach (var input in Inputs)
            {
                var column = (ValueColumn<T>?)FindColumn(input, Property);
                foreach (var row in input.Rows.Span)
                {
                    nulls[position] = column is null || row < 0 || !column.TryGet(row, out values[position]);
                    position++;
                }
            }

            return new ValueColumn<T>(Property, values, nulls);
        }
    }
}
