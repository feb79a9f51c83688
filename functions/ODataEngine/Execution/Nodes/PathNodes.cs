using ODataEngine.Model;

namespace ODataEngine.Execution.Nodes;

// The leaves of expressions, and the steps of paths.

internal sealed class ConstantNode<T>(T value) : Node<T>
{
    public T Value { get; } = value;

    public override bool TryGet(EvaluationContext context, out T value)
    {
        value = Value;
        return true;
    }
}

internal sealed class NullNode<T> : Node<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        value = default!;
        return false;
    }
}

/// <summary>Reads a column at the current row of a variable.</summary>
internal sealed class VariableColumnNode<T>(int slot, ValueColumn<T> column) : Node<T>
{
    // Most nodes of a filter are of this class; reading the arrays through the column would cost one more memory access per row.
    private readonly T[] values = column.Values;
    private readonly bool[]? nulls = column.Nulls;

    public override bool TryGet(EvaluationContext context, out T value)
    {
        var row = context.Rows[slot];
        value = values[row];
        return nulls is null || !nulls[row];
    }
}

/// <summary>Reads a column at the row of another node, which may be null.</summary>
internal sealed class RowColumnNode<T>(RowNode source, ValueColumn<T> column) : Node<T>
{
    public override bool TryGet(EvaluationContext context, out T value)
    {
        var row = source.GetRow(context);
        if (row >= 0)
        {
            return column.TryGet(row, out value);
        }

        value = default!;
        return false;
    }
}

/// <summary>Tests whether the row of a node exists and has a property.</summary>
internal sealed class IsDefinedNode(RowNode source, Column column) : Node<bool>
{
    public override bool TryGet(EvaluationContext context, out bool value)
    {
        var row = source.GetRow(context);
        value = row >= 0 && !column.IsAbsent(row);
        return true;
    }
}

internal sealed class VariableRowNode(int slot, Table table) : RowNode(table)
{
    public int Slot { get; } = slot;

    public override int GetRow(EvaluationContext context) => context.Rows[Slot];
}

internal sealed class ComplexRowNode(RowNode source, ComplexColumn column) : RowNode(column.Fields)
{
    public override int GetRow(EvaluationContext context)
    {
        var row = source.GetRow(context);
        return row < 0 || column.IsNull(row) ? -1 : row;
    }
}

internal sealed class NavigationRowNode(RowNode source, NavigationColumn column) : RowNode(column.Target)
{
    public override int GetRow(EvaluationContext context)
    {
        var row = source.GetRow(context);
        return row < 0 ? -1 : column.GetSingleTarget(row);
    }
}

internal sealed class FixedRowNode(Table table, int row) : RowNode(table)
{
    public override int GetRow(EvaluationContext context) => row;
}

/// <summary>Finds a row, which has the requested key, in a collection; null if the collection does not contain it.</summary>
internal sealed class KeyRowNode(CollectionNode collection, int row) : RowNode(collection.Table)
{
    public override int GetRow(EvaluationContext context)
    {
        var range = collection.GetRows(context);
        for (var i = 0; i < range.Count; i++)
        {
            if (range[i] == row)
            {
                return row;
            }
        }

        return -1;
    }
}

/// <summary>Gets the row at an index of a collection, from 0, or from -1 backwards for the last.</summary>
internal sealed class IndexedRowNode(CollectionNode collection, long index) : RowNode(collection.Table)
{
    public override int GetRow(EvaluationContext context)
    {
        var range = collection.GetRows(context);
        var position = index < 0 ? index + range.Count : index;
        return position >= 0 && position < range.Count ? range[(int)position] : -1;
    }
}

/// <summary>Casts a row to a type; null if the row is not of the type.</summary>
internal sealed class CastRowNode(RowNode source, StructuredType type) : RowNode(source.Table)
{
    public override int GetRow(EvaluationContext context)
    {
        var row = source.GetRow(context);
        return row >= 0 && Table.GetRowType(row).IsOrDerivesFrom(type) ? row : -1;
    }
}

/// <summary>Gets the rows of a collection that are of a type.</summary>
internal sealed class CastCollectionNode(CollectionNode source, StructuredType type) : CollectionNode(source.Table)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var range = source.GetRows(context);
        context.Budget.ConsumeSteps(range.Count, 1);
        var matches = new List<int>(range.Count);
        for (var i = 0; i < range.Count; i++)
        {
            if (Table.GetRowType(range[i]).IsOrDerivesFrom(type))
            {
                matches.Add(range[i]);
            }
        }

        return new RowRange(0, matches.Count, [.. matches]);
    }
}

internal sealed class AllRowsNode(Table table) : CollectionNode(table)
{
    public override RowRange GetRows(EvaluationContext context) => new(0, Table.Count, null);
}

internal sealed class CollectionPropertyNode(RowNode source, CollectionColumn column) : CollectionNode(column.Elements)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var row = source.GetRow(context);
        return row < 0 ? RowRange.Empty : new RowRange(column.Starts[row], column.Starts[row + 1], null);
    }
}

internal sealed class NavigationCollectionNode(RowNode source, NavigationColumn column) : CollectionNode(column.Target)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var row = source.GetRow(context);
        return row < 0 ? RowRange.Empty : new RowRange(column.Starts[row], column.Starts[row + 1], column.Rows);
    }
}

/// <summary>Gets the rows of a collection for which a predicate is true.</summary>
internal sealed class FilteredCollectionNode(CollectionNode source, int slot, Node<bool> predicate, int nodeCount) : CollectionNode(source.Table)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var range = source.GetRows(context);
        context.Budget.ConsumeSteps(range.Count, nodeCount);
        var matches = new List<int>(range.Count);
        for (var i = 0; i < range.Count; i++)
        {
            context.Rows[slot] = range[i];
            if (predicate.TryGet(context, out var isTrue) && isTrue)
            {
                matches.Add(range[i]);
            }
        }

        return new RowRange(0, matches.Count, [.. matches]);
    }
}

/// <summary>Evaluates substring() of a collection: its rows from an index on, a negative index counted from the end; empty if the index is null.</summary>
internal sealed class SlicedCollectionNode(CollectionNode source, Node<int> start, Node<int>? length) : CollectionNode(source.Table)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var range = source.GetRows(context);
        var maxCount = range.Count;
        if (!start.TryGet(context, out var from) || (length is not null && !length.TryGet(context, out maxCount)))
        {
            return RowRange.Empty;
        }

        var (skipCount, takeCount) = SubstringRange.Get(range.Count, from, maxCount);
        return range with { Start = range.Start + skipCount, End = range.Start + skipCount + takeCount };
    }
}

/// <summary>Evaluates concat() of two collections of rows of one table.</summary>
internal sealed class ConcatCollectionNode(CollectionNode first, CollectionNode second) : CollectionNode(first.Table)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var (firstRange, secondRange) = (first.GetRows(context), second.GetRows(context));
        var rows = new int[firstRange.Count + secondRange.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i < firstRange.Count ? firstRange[i] : secondRange[i - firstRange.Count];
        }

        return new RowRange(0, rows.Length, rows);
    }
}

/// <summary>Gets the rows that the rows of a collection reference, in order; a row that several rows reference occurs several times.</summary>
internal sealed class FlattenedCollectionNode(CollectionNode source, int slot, CollectionNode inner) : CollectionNode(inner.Table)
{
    public override RowRange GetRows(EvaluationContext context)
    {
        var range = source.GetRows(context);
        var rows = new List<int>(range.Count);
        for (var i = 0; i < range.Count; i++)
        {
            context.Rows[slot] = range[i];
            var innerRange = inner.GetRows(context);
            context.Budget.ConsumeSteps(innerRange.Count, 1);
            for (var j = 0; j < innerRange.Count; j++)
            {
                rows.Add(innerRange[j]);
            }
        }

        return new RowRange(0, rows.Count, [.. rows]);
    }
}
