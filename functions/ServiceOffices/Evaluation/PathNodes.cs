using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

// Small leaves and steps of paths, read together: they share this file.

internal sealed class Constant<T>(T value) : Node<T>
{
    public T Value { get; } = value;

    public override bool TryGet(int[] scope, out T value)
    {
        value = Value;
        return true;
    }
}

internal sealed class Null<T> : Node<T>
{
    public override bool TryGet(int[] scope, out T value)
    {
        value = default!;
        return false;
    }
}

/// <summary>A column at the row that a variable stands for.</summary>
internal sealed class VariableColumn<T>(int slot, ValueColumn<T> column) : Node<T>
{
    public int Slot { get; } = slot;

    public ValueColumn<T> Column { get; } = column;

    public override bool TryGet(int[] scope, out T value) => Column.TryGet(scope[Slot], out value);
}

/// <summary>A column at a row that must be found first and may be null.</summary>
internal sealed class RowColumn<T>(RowNode source, ValueColumn<T> column) : Node<T>
{
    public override bool TryGet(int[] scope, out T value)
    {
        var row = source.Row(scope);
        if (row >= 0)
        {
            return column.TryGet(row, out value);
        }

        value = default!;
        return false;
    }
}

internal sealed class VariableRow(int slot, Table table) : RowNode(table)
{
    public int Slot { get; } = slot;

    public override int Row(int[] scope) => scope[Slot];
}

internal sealed class ComplexRow(RowNode source, ComplexColumn column) : RowNode(column.Fields)
{
    public override int Row(int[] scope)
    {
        var row = source.Row(scope);
        return row < 0 || column.IsNull(row) ? -1 : row;
    }
}

internal sealed class LinkRow(RowNode source, LinkColumn column) : RowNode(column.Target)
{
    public override int Row(int[] scope)
    {
        var row = source.Row(scope);
        return row < 0 ? -1 : column.SingleAt(row);
    }
}

internal sealed class FixedRow(Table table, int row) : RowNode(table)
{
    public override int Row(int[] scope) => row;
}

/// <summary>The row of a collection that has a key.</summary>
internal sealed class KeyRow(RunNode collection, int row) : RowNode(collection.Table)
{
    public override int Row(int[] scope)
    {
        var run = collection.Rows(scope);
        for (var i = 0; i < run.Count; i++)
        {
            if (run[i] == row)
            {
                return row;
            }
        }

        return -1;
    }
}

/// <summary>The row at a place in a collection, from 0, or from -1 for the last backwards.</summary>
internal sealed class ItemRow(RunNode collection, long index) : RowNode(collection.Table)
{
    public override int Row(int[] scope)
    {
        var run = collection.Rows(scope);
        var place = index < 0 ? index + run.Count : index;
        return place >= 0 && place < run.Count ? run[(int)place] : -1;
    }
}

/// <summary>A row that is of a type; another is null.</summary>
internal sealed class CastRow(RowNode source, StructuredType type) : RowNode(source.Table)
{
    public override int Row(int[] scope)
    {
        var row = source.Row(scope);
        return row >= 0 && Table.TypeAt(row).Is(type) ? row : -1;
    }
}

/// <summary>The rows of a collection that are of a type.</summary>
internal sealed class CastRows(RunNode source, StructuredType type) : RunNode(source.Table)
{
    public override RowRun Rows(int[] scope)
    {
        var run = source.Rows(scope);
        Allowance.TakeSteps(scope, run.Count, 1);
        var kept = new List<int>(run.Count);
        for (var i = 0; i < run.Count; i++)
        {
            if (Table.TypeAt(run[i]).Is(type))
            {
                kept.Add(run[i]);
            }
        }

        return new RowRun(0, kept.Count, [.. kept]);
    }
}

internal sealed class AllRows(Table table) : RunNode(table)
{
    public override RowRun Rows(int[] scope) => new(0, Table.Count, null);
}

internal sealed class CollectionRows(RowNode source, CollectionColumn column) : RunNode(column.Elements)
{
    public override RowRun Rows(int[] scope)
    {
        var row = source.Row(scope);
        return row < 0 ? RowRun.Empty : new RowRun(column.Starts[row], column.Starts[row + 1], null);
    }
}

internal sealed class LinkRows(RowNode source, LinkColumn column) : RunNode(column.Target)
{
    public override RowRun Rows(int[] scope)
    {
        var row = source.Row(scope);
        return row < 0 ? RowRun.Empty : new RowRun(column.Starts[row], column.Starts[row + 1], column.Rows);
    }
}

/// <summary>The rows of a collection for which a predicate is true.</summary>
internal sealed class FilteredRows(RunNode source, int slot, Node<bool> predicate, int nodes) : RunNode(source.Table)
{
    public override RowRun Rows(int[] scope)
    {
        var run = source.Rows(scope);
        Allowance.TakeSteps(scope, run.Count, nodes);
        var kept = new List<int>(run.Count);
        for (var i = 0; i < run.Count; i++)
        {
            scope[slot] = run[i];
            if (predicate.TryGet(scope, out var holds) && holds)
            {
                kept.Add(run[i]);
            }
        }

        return new RowRun(0, kept.Count, [.. kept]);
    }
}

/// <summary>substring() of a collection: its rows from a place on, a negative one counted from the end; empty where the place is null.</summary>
internal sealed class SlicedRows(RunNode source, Node<int> start, Node<int>? length) : RunNode(source.Table)
{
    public override RowRun Rows(int[] scope)
    {
        var run = source.Rows(scope);
        var most = run.Count;
        if (!start.TryGet(scope, out var from) || (length is not null && !length.TryGet(scope, out most)))
        {
            return RowRun.Empty;
        }

        var (skipped, taken) = Slice.Of(run.Count, from, most);
        return run with { Start = run.Start + skipped, End = run.Start + skipped + taken };
    }
}

/// <summary>concat() of two collections that live in one table.</summary>
internal sealed class JoinedRows(RunNode first, RunNode second) : RunNode(first.Table)
{
    public override RowRun Rows(int[] scope)
    {
        var (one, two) = (first.Rows(scope), second.Rows(scope));
        var rows = new int[one.Count + two.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i < one.Count ? one[i] : two[i - one.Count];
        }

        return new RowRun(0, rows.Length, rows);
    }
}

/// <summary>The rows that each row of a collection leads to, one after the other; a row that several lead to stands there several times.</summary>
internal sealed class FlattenedRows(RunNode source, int slot, RunNode inner) : RunNode(inner.Table)
{
    public override RowRun Rows(int[] scope)
    {
        var run = source.Rows(scope);
        var rows = new List<int>(run.Count);
        for (var i = 0; i < run.Count; i++)
        {
            scope[slot] = run[i];
            var part = inner.Rows(scope);
            Allowance.TakeSteps(scope, part.Count, 1);
            for (var j = 0; j < part.Count; j++)
            {
                rows.Add(part[j]);
            }
        }

        return new RowRun(0, rows.Count, [.. rows]);
    }
}
