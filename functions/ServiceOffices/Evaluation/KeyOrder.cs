using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>An order by whatever expressions say: each is read once a row, then rows are compared by what was read.</summary>
/// <param name="keys">At least one.</param>
/// <param name="nodes">How many nodes the keys of one row go through.</param>
internal sealed class KeyOrder(Table table, SortKey[] keys, int nodes) : RowOrder
{
    public override ReadOnlyMemory<int> OfTable(int from, int count, int[] scope) => Of(RowSet.All(table).Rows.Span, from, count, scope);

    public override ReadOnlyMemory<int> Of(ReadOnlySpan<int> rows, int from, int count, int[] scope) => Part(rows, from, count, scope);

    /// <inheritdoc cref="Of"/>
    public int[] Part(ReadOnlySpan<int> rows, int from, int count, int[] scope)
    {
        if (count == 0)
        {
            return [];
        }

        Allowance.TakeSteps(scope, rows.Length, nodes);
        var wanted = from + count;
        var order = Comparison(rows, scope);
        var places = AreFew(wanted, rows.Length) ? Best(wanted, rows.Length, order) : All(rows.Length, order);
        var part = new int[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = rows[places[from + i]];
        }

        return part;
    }

    /// <summary>How two places of these rows compare, never as equal.</summary>
    private Comparison<int> Comparison(ReadOnlySpan<int> rows, int[] scope)
    {
        var comparers = new Func<int, int, int>[keys.Length];
        for (var i = 0; i < comparers.Length; i++)
        {
            comparers[i] = keys[i].Read(rows, scope);
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

    private static Span<int> All(int count, Comparison<int> order)
    {
        var places = new int[count];
        for (var place = 0; place < count; place++)
        {
            places[place] = place;
        }

        places.AsSpan().Sort(order);
        return places;
    }

    private static Span<int> Best(int wanted, int count, Comparison<int> order)
    {
        var best = new FirstItems<int>(wanted, count, order);
        for (var place = 0; place < count; place++)
        {
            best.Add(place);
        }

        return best.Sorted();
    }
}
