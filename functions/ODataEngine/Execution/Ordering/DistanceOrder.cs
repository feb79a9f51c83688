using ODataEngine.Execution.Filters;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Ordering;

/// <summary>
/// Sorts by the distance of a point from a constant point, the nearest first. The distance is not computed for rows that are too far north or
/// south to be among the nearest.
/// </summary>
internal sealed class DistanceOrder(Table table, ValueColumn<GeoPoint> points, GeoPoint center) : RowOrder
{
    // Null comes before every value (OData 4.01 Part 1, 11.2.6.2).
    private const double NullDistance = -1;

    /// <summary>Creates the order of <c>$orderby</c>; null if it is not by distance from a constant point, ascending.</summary>
    public static DistanceOrder? Create(Table table, Variable row, IReadOnlyList<OrderItem> items) =>
        items is [{ Descending: false, Expression: FunctionCall call }] && RowFilterCompiler.FindDistanceOperands(call, row, table) is var (points, center)
            ? new DistanceOrder(table, points, center)
            : null;

    public override ReadOnlyMemory<int> SortTable(int from, int count, EvaluationContext context) => Sort(RowSet.All(table).Rows.Span, from, count, context);

    public override ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, EvaluationContext context)
    {
        if (count == 0)
        {
            return default;
        }

        context.Budget.ConsumeSteps(rows.Length, 1);
        var nearest = GetNearest(rows, from + count);
        var part = new int[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = nearest[from + i].Row;
        }

        return part;
    }

    private Span<(double Metres, int Row)> GetNearest(ReadOnlySpan<int> rows, int topCount)
    {
        var nearest = new TopK<(double Metres, int Row)>(topCount, rows.Length, static (left, right) => left.CompareTo(right));
        foreach (var row in rows)
        {
            if (!points.TryGet(row, out var point))
            {
                nearest.Add((NullDistance, row));
            }
            else if (!nearest.IsFull || Geodesy.GetMinDistanceMetres(point, center) <= nearest.Last.Metres)
            {
                nearest.Add((Geodesy.GetDistanceMetres(point, center), row));
            }
        }

        return nearest.GetSorted();
    }
}
