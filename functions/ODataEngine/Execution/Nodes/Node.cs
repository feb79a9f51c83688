using System.Runtime.InteropServices;
using ODataEngine.Model;

namespace ODataEngine.Execution.Nodes;

// The node kinds are one closed family, read together: they share this file.

/// <summary>
/// A compiled expression over tables. It is evaluated in a context: for each variable's slot the row that the variable
/// stands for. Nodes keep no state, so that one tree serves many threads.
/// </summary>
internal abstract class Node;

/// <summary>A node whose value is primitive.</summary>
internal abstract class Node<T> : Node
{
    /// <summary>The value for a context; false where it is null.</summary>
    public abstract bool TryGet(EvaluationContext context, out T value);
}

/// <summary>A node whose value is one structured value: a row of a known table.</summary>
internal abstract class RowNode(Table table) : Node
{
    public Table Table { get; } = table;

    /// <summary>The row, or -1 for null.</summary>
    public abstract int GetRow(EvaluationContext context);
}

/// <summary>A node whose value is a collection: a run of rows of a known table.</summary>
internal abstract class CollectionNode(Table table) : Node
{
    public Table Table { get; } = table;

    public abstract RowRange GetRows(EvaluationContext context);
}

/// <summary>Rows in order: the numbers from Start up to but not End, or what Map holds at these places.</summary>
internal readonly record struct RowRange(int Start, int End, int[]? Map)
{
    public static RowRange Empty { get; }

    public int Count => End - Start;

    /// <summary>The row at a place from 0.</summary>
    public int this[int index] => Map is null ? Start + index : Map[Start + index];

    /// <summary>The rows of a set, which are not copied where they stand in an array.</summary>
    public static RowRange From(RowSet rows) =>
        rows.IsAll ? new RowRange(0, rows.Rows.Length, null)
        : MemoryMarshal.TryGetArray(rows.Rows, out var segment) ? new RowRange(segment.Offset, segment.Offset + segment.Count, segment.Array)
        : new RowRange(0, rows.Rows.Length, rows.Rows.ToArray());

    /// <summary>These rows of a table as a set.</summary>
    public RowSet ToRowSet(Table table) =>
        Map is not null ? new RowSet(table, Map.AsMemory(Start, Count))
        : new RowSet(table, table.AllRows.Slice(Start, Count));
}
