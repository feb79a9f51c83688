using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

// The node kinds are one closed family, read together: they share this file.

/// <summary>
/// A compiled expression over tables. It is evaluated in a scope: for each variable's slot the row that the variable
/// stands for. Nodes keep no state, so that one tree serves many threads.
/// </summary>
internal abstract class Node;

/// <summary>A node whose value is primitive.</summary>
internal abstract class Node<T> : Node
{
    /// <summary>The value for a scope; false where it is null.</summary>
    public abstract bool TryGet(int[] scope, out T value);
}

/// <summary>A node whose value is one structured value: a row of a known table.</summary>
internal abstract class RowNode(Table table) : Node
{
    public Table Table { get; } = table;

    /// <summary>The row, or -1 for null.</summary>
    public abstract int Row(int[] scope);
}

/// <summary>A node whose value is a collection: a run of rows of a known table.</summary>
internal abstract class RunNode(Table table) : Node
{
    public Table Table { get; } = table;

    public abstract RowRun Rows(int[] scope);
}

/// <summary>Rows in order: the numbers from Start up to but not End, or what Map holds at these places.</summary>
internal readonly record struct RowRun(int Start, int End, int[]? Map)
{
    public static RowRun Empty { get; }

    public int Count => End - Start;

    /// <summary>The row at a place from 0.</summary>
    public int this[int place] => Map is null ? Start + place : Map[Start + place];
}
