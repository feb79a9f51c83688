using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Rows whose point is nearer to a place than so far.</summary>
/// <param name="inclusive">Whether just so far will do.</param>
internal sealed class Nearby(ValueColumn<GeoPoint> points, GeoPoint place, double metres, bool inclusive) : Selection
{
    public override int Cost => 5;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        Allowance.TakeSteps(scope, Count(words), 1);
        Keep(words, first, new Test(this));
    }

    private bool Holds(int row)
    {
        if (!points.TryGet(row, out var point) || Geodesy.LeastMetres(point, place) > metres)
        {
            return false;
        }

        var distance = Geodesy.DistanceMetres(point, place);
        return inclusive ? distance <= metres : distance < metres;
    }

    private readonly struct Test(Nearby near) : ITest
    {
        public bool Holds(int row) => near.Holds(row);
    }
}
