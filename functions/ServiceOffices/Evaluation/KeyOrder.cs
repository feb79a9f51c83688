using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>An order by whatever expressions say: each is read once a row, then rows are compared by what was read.</summary>
/// <param name="keys">At least one.</param>
/// <param name="nodeCount">How many nodes the keys of one row go through.</param>
internal sealed class ExpressionOrder(Table table, SortKey[] keys, int nodeCount) : RowOrder
{
    public override ReadOnlyMemory<int> SortTable(int from, int count, int[] scope) => Sort(RowSet.All(table).Rows.Span, from, count, scope);

    public override ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, int[] scope) => SortToArray(rows, from, count, scope);

    /// <inheritdoc cref="Sort"/>
    public int[] SortToArray(ReadOnlySpan<int> rows, int from, int count, int[] scope)
    {
        if (count == 0)
        {
            return [];
        }

        QueryBudget.ConsumeSteps(scope, rows.Length, nodeCount);
        var topCount = from + count;
        var comparison = CreateComparison(rows, scope);
        var positions = IsTopOnly(topCount, rows.Length) ? SortTop(topCount, rows.Length, comparison) : SortAll(rows.Length, comparison);
        var part = new int[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = rows[positions[from + i]];
        }

        return part;
    }

    /// <summary>How two places of these rows compare, never as equal.</summary>
    private Comparison<int> CreateComparison(ReadOnlySpan<int> rows, int[] scope)
    {
        var comparers = new Func<int, int, int>[keys.Length];
        for (var i = 0; i < comparers.Length; i++)
        {
            comparers[i] = keys[i].CreateComparison(rows, scope);
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
