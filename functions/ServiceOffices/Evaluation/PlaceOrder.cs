using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>
/// The order by the distance of a point from a constant one, the nearest first: of rows that lie too far north or south of
/// the place to be among those wanted the distance is not reckoned.
/// </summary>
internal sealed class PlaceOrder(Table table, ValueColumn<GeoPoint> points, GeoPoint place) : RowOrder
{
    // Null comes before every value (OData 4.01 Part 1, 11.2.6.2).
    private const double Null = -1;

    /// <summary>The order of <c>$orderby</c>; null where it is another.</summary>
    public static PlaceOrder? Of(Table table, Variable row, IReadOnlyList<OrderItem> items) =>
        items is [{ Descending: false, Expression: Call call }] && SelectionCompiler.PointsAndPlace(call, row, table) is var (points, place)
            ? new PlaceOrder(table, points, place)
            : null;

    public override ReadOnlyMemory<int> OfTable(int from, int count, int[] scope) => Of(RowSet.All(table).Rows.Span, from, count, scope);

    public override ReadOnlyMemory<int> Of(ReadOnlySpan<int> rows, int from, int count, int[] scope)
    {
        if (count == 0)
        {
            return default;
        }

        Allowance.TakeSteps(scope, rows.Length, 1);
        var nearest = Nearest(rows, from + count);
        var part = new int[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = nearest[from + i].Row;
        }

        return part;
    }

    /// <summary>So many rows in order. Twice as many are gathered before they are sorted and the farther half goes.</summary>
    private ReadOnlySpan<(double Metres, int Row)> Nearest(ReadOnlySpan<int> rows, int wanted)
    {
        Span<(double Metres, int Row)> nearest = new (double, int)[Math.Min(2L * wanted, rows.Length)];
        var kept = 0;
        var limit = double.PositiveInfinity;
        foreach (var row in rows)
        {
            var metres = Null;
            if (points.TryGet(row, out var point))
            {
                if (Geodesy.LeastMetres(point, place) > limit)
                {
                    continue;
                }

                metres = Geodesy.DistanceMetres(point, place);
            }

            if (metres >= limit)
            {
                // Of rows as far away those seen before come first.
                continue;
            }

            nearest[kept++] = (metres, row);
            if (kept == nearest.Length)
            {
                nearest.Sort();
                kept = wanted;
                limit = nearest[wanted - 1].Metres;
            }
        }

        nearest[..kept].Sort();
        return nearest[..wanted];
    }
}
