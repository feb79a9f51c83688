using System.Runtime.InteropServices;
using ODataEngine.Model;

namespace ODataEngine.Execution.Nodes;

/// <summary>
/// A compiled expression over tables. It is evaluated with the current row of each variable (<see cref="EvaluationContext.Rows"/>). Nodes keep
/// no state.
/// </summary>
internal abstract class Node;

/// <summary>A node whose value is primitive.</summary>
internal abstract class Node<T> : Node
{
    /// <summary>Evaluates the node; returns false if the value is null.</summary>
    public abstract bool TryGet(EvaluationContext context, out T value);
}

/// <summary>A node whose value is one structured value: a row of <see cref="Table"/>.</summary>
internal abstract class RowNode(Table table) : Node
{
    public Table Table { get; } = table;

    /// <summary>Gets the row; -1 if the value is null.</summary>
    public abstract int GetRow(EvaluationContext context);
}

/// <summary>A node whose value is a collection: rows of <see cref="Table"/>.</summary>
internal abstract class CollectionNode(Table table) : Node
{
    public Table Table { get; } = table;

    public abstract RowRange GetRows(EvaluationContext context);
}

/// <summary>Rows in order: the numbers from Start up to but not including End, or the elements of Map at these indexes.</summary>
internal readonly record struct RowRange(int Start, int End, int[]? Map)
{
    public static RowRange Empty { get; }

    public int Count => End - Start;

    /// <summary>Gets the row at an index from 0.</summary>
    public int this[int index] => Map is null ? Start + index : Map[Start + index];

    /// <summary>Creates a range of the rows of a set, without copying them if they are in an array.</summary>
    public static RowRange From(RowSet rows) =>
        rows.IsAll ? new RowRange(0, rows.Rows.Length, null)
        : MemoryMarshal.TryGetArray(rows.Rows, out var segment) ? new RowRange(segment.Offset, segment.Offset + segment.Count, segment.Array)
        : new RowRange(0, rows.Rows.Length, rows.Rows.ToArray());

    /// <summary>Creates a set of these rows of a table.</summary>
    public RowSet ToRowSet(Table table) =>
        Map is not null ? new RowSet(table, Map.AsMemory(Start, Count))
        : new RowSet(table, table.AllRows.Slice(Start, Count));
}
