using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>One sort key over rows: its values are read once, then compared by place.</summary>
internal abstract class SortKey
{
    /// <summary>The key of an <c>$orderby</c> item.</summary>
    public static SortKey Compile(ExpressionCompiler compiler, int slot, OrderItem item) => item.Expression.Type is StructuredType or CollectionType or null
        ? throw new ODataRequestException(400, "TypeMismatch", $"$orderby takes primitive values; got {item.Expression.Type?.FullName ?? "null"}.", "$orderby")
        : TypeDispatcher.Dispatch(item.Expression.Type, new CompileOperation(compiler, slot, item));

    /// <summary>Reads the key of each row, and returns how two places compare.</summary>
    public abstract Func<int, int, int> CreateComparison(ReadOnlySpan<int> rows, int[] scope);

    private readonly record struct CompileOperation(ExpressionCompiler Compiler, int Slot, OrderItem Item) : TypeDispatcher.ITypedOperation<SortKey>
    {
        public SortKey Invoke<T>() => new ValueSortKey<T>(Compiler.CompileValue<T>(Item.Expression), Slot, Item.Descending);
    }

    private sealed class ValueSortKey<T>(Node<T> node, int slot, bool descending) : SortKey
    {
        public override Func<int, int, int> CreateComparison(ReadOnlySpan<int> rows, int[] scope)
        {
            var values = new T[rows.Length];
            var known = new bool[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                scope[slot] = rows[i];
                known[i] = node.TryGet(scope, out values[i]);
            }

            return (left, right) =>
            {
                // Null comes before every value, after it in descending order (OData 4.01 Part 1, 11.2.6.2).
                var order = known[left] && known[right]
                    ? ValueComparer<T>.Compare(values[left], values[right])
                    : known[left].CompareTo(known[right]);
                return descending ? -order : order;
            };
        }
    }
}
