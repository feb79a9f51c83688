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

    private Span<(double Metres, int Row)> Nearest(ReadOnlySpan<int> rows, int wanted)
    {
        var nearest = new FirstItems<(double Metres, int Row)>(wanted, rows.Length, static (one, other) => one.CompareTo(other));
        foreach (var row in rows)
        {
            if (!points.TryGet(row, out var point))
            {
                nearest.Add((Null, row));
            }
            else if (!nearest.IsFull || Geodesy.LeastMetres(point, place) <= nearest.Last.Metres)
            {
                nearest.Add((Geodesy.DistanceMetres(point, place), row));
            }
        }

        return nearest.Sorted();
    }
}
