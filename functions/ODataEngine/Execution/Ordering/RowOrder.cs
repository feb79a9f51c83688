using System.Runtime.InteropServices;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Ordering;

/// <summary>Sorts by any expressions: each is evaluated once per row, then the rows are compared by the results.</summary>
/// <param name="keys">At least one.</param>
/// <param name="nodeCount">The number of nodes evaluated per row.</param>
internal sealed class ExpressionOrder(Table table, SortKey[] keys, int nodeCount) : RowOrder
{
    public override ReadOnlyMemory<int> SortTable(int from, int count, EvaluationContext context) => Sort(RowSet.All(table).Rows.Span, from, count, context);

    public override ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, EvaluationContext context) => SortToArray(rows, from, count, context);

    /// <inheritdoc cref="Sort"/>
    public int[] SortToArray(ReadOnlySpan<int> rows, int from, int count, EvaluationContext context)
    {
        if (count == 0)
        {
            return [];
        }

        context.Budget.ConsumeSteps(rows.Length, nodeCount);
        var topCount = from + count;
        var comparison = CreateComparison(rows, context);
        var positions = IsTopOnly(topCount, rows.Length) ? SortTop(topCount, rows.Length, comparison) : SortAll(rows.Length, comparison);
        var part = new int[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = rows[positions[from + i]];
        }

        return part;
    }

    /// <summary>Creates the comparison of two indexes of these rows; no two are equal.</summary>
    private Comparison<int> CreateComparison(ReadOnlySpan<int> rows, EvaluationContext context)
    {
        var comparers = new Func<int, int, int>[keys.Length];
        for (var i = 0; i < comparers.Length; i++)
        {
            comparers[i] = keys[i].CreateComparison(rows, context);
        }

        return (left, right) =>
        {
            foreach (var compare in comparers)
            {
                var order = compare(left, right);
                if (order != 0)
                {
                    return order;
                }
            }

            return left.CompareTo(right);
        };
    }

    private static Span<int> SortAll(int count, Comparison<int> comparison)
    {
        var positions = new int[count];
        for (var position = 0; position < count; position++)
        {
            positions[position] = position;
        }

        positions.AsSpan().Sort(comparison);
        return positions;
    }

    private static Span<int> SortTop(int topCount, int count, Comparison<int> comparison)
    {
        var best = new TopK<int>(topCount, count, comparison);
        for (var position = 0; position < count; position++)
        {
            best.Add(position);
        }

        return best.GetSorted();
    }
}

/// <summary>A stable order of the rows of a table.</summary>
internal abstract class RowOrder
{
    // If less than this share of the rows is requested, keeping the first rows seen so far is faster than sorting all.
    private const int TopShareDivisor = 8;

    /// <summary>Gets a part of the whole table in this order.</summary>
    public abstract ReadOnlyMemory<int> SortTable(int from, int count, EvaluationContext context);

    /// <summary>Gets a part of some rows in this order.</summary>
    /// <param name="rows">In ascending order.</param>
    /// <param name="from">Together with <paramref name="count"/> at most the number of rows.</param>
    public abstract ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, EvaluationContext context);

    /// <summary>Tests whether so few rows are requested that sorting all of them is slower than keeping the first ones.</summary>
    protected static bool IsTopOnly(int topCount, int rowCount) => topCount * (long)TopShareDivisor < rowCount;
}

/// <summary>A sort key: its values are evaluated once per row, then compared by index.</summary>
internal abstract class SortKey
{
    /// <summary>Compiles the key of an <c>$orderby</c> item.</summary>
    public static SortKey Compile(ExpressionCompiler compiler, int slot, OrderItem item) => item.Expression.Type is StructuredType or CollectionType or null
        ? throw new ODataRequestException(400, ODataErrorCodes.TypeMismatch, $"$orderby requires primitive values; got {item.Expression.Type?.DisplayName ?? "null"}.", "$orderby")
        : TypeDispatcher.Dispatch(item.Expression.Type, new CompileOperation(compiler, slot, item));

    /// <summary>Evaluates the key of each row, and returns the comparison of two indexes.</summary>
    public abstract Func<int, int, int> CreateComparison(ReadOnlySpan<int> rows, EvaluationContext context);

    private readonly record struct CompileOperation(ExpressionCompiler Compiler, int Slot, OrderItem Item) : TypeDispatcher.ITypedOperation<SortKey>
    {
        public SortKey Invoke<T>()
        {
            var node = Compiler.CompileValue<T>(Item.Expression);
            return Compiler.FindCollation(Item.Expression) is { } collation
                ? new CollatedSortKey((Node<string>)(object)node, Slot, Item.Descending, collation)
                : new ValueSortKey<T>(node, Slot, Item.Descending);
        }
    }

    /// <summary>A key of strings with a collation: each distinct string gets its rank once, then the ranks are compared.</summary>
    private sealed class CollatedSortKey(Node<string> node, int slot, bool descending, Collation collation) : SortKey
    {
        public override Func<int, int, int> CreateComparison(ReadOnlySpan<int> rows, EvaluationContext context)
        {
            var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
            var codes = new int[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                context.Rows[slot] = rows[i];
                if (node.TryGet(context, out var value))
                {
                    ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var exists);
                    codes[i] = number = exists ? number : numbers.Count;
                }
            }

            // Null has code 0, so it comes first (OData 4.01 Part 1, 11.2.6.2).
            var ranks = collation.GetRanks([.. numbers.Keys]);
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = codes[i] == 0 ? 0 : ranks[codes[i] - 1] + 1;
            }

            return descending ? (left, right) => codes[right].CompareTo(codes[left]) : (left, right) => codes[left].CompareTo(codes[right]);
        }
    }

    private sealed class ValueSortKey<T>(Node<T> node, int slot, bool descending) : SortKey
    {
        public override Func<int, int, int> CreateComparison(ReadOnlySpan<int> rows, EvaluationContext context)
        {
            var values = new T[rows.Length];
            var hasValue = new bool[rows.Length];
            var currentRows = context.Rows;
            for (var i = 0; i < rows.Length; i++)
            {
                currentRows[slot] = rows[i];
                hasValue[i] = node.TryGet(context, out values[i]);
            }

            return (left, right) =>
            {
                // Null comes before every value, after it in descending order (OData 4.01 Part 1, 11.2.6.2).
                var order = hasValue[left] && hasValue[right]
                    ? ValueComparer<T>.Compare(values[left], values[right])
                    : hasValue[left].CompareTo(hasValue[right]);
                return descending ? -order : order;
            };
        }
    }
}
