using ODataEngine.Model;

namespace ODataEngine.Execution.Filters;

/// <summary>Rows whose point is nearer to a place than so far.</summary>
/// <param name="inclusive">Whether just so far will do.</param>
internal sealed class DistanceFilter(ValueColumn<GeoPoint> points, GeoPoint center, double maxMetres, bool inclusive) : RowFilter
{
    public override int Cost => 5;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        context.Budget.ConsumeSteps(CountRows(words), 1);
        KeepMatching(words, first, new RowPredicate(this));
    }

    private bool IsWithinDistance(int row)
    {
        if (!points.TryGet(row, out var point) || Geodesy.GetMinDistanceMetres(point, center) > maxMetres)
        {
            return false;
        }

        var distance = Geodesy.GetDistanceMetres(point, center);
        return inclusive ? distance <= maxMetres : distance < maxMetres;
    }

    private readonly struct RowPredicate(DistanceFilter filter) : IRowPredicate
    {
        public bool IsMatch(int row) => filter.IsWithinDistance(row);
    }
}
