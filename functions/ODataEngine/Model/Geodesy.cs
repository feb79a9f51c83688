namespace ODataEngine.Model;

/// <summary>Computes distances on the WGS 84 ellipsoid.</summary>
public static class Geodesy
{
    private const double EquatorialRadiusMetres = 6_378_137;
    private const double Flattening = 1 / 298.257223563;

    // A degree of latitude is at least 110 574 m, at the equator; less 0.3 %, the maximum error of GetDistanceMetres.
    private const double MinMetresPerDegree = 110_200;

    /// <summary>
    /// Gets the distance in metres along the geodesic, by the Andoyer-Lambert formula (first order in the flattening): within 0.002 % of the
    /// true length up to 10 000 km; near the antipodes within 0.3 %.
    /// </summary>
    public static double GetDistanceMetres(GeoPoint from, GeoPoint to)
    {
        if (from == to)
        {
            return 0;
        }

        var meanLatitude = ToRadians((from.Latitude + to.Latitude) / 2);
        var halfLatitude = ToRadians((from.Latitude - to.Latitude) / 2);
        var halfLongitude = ToRadians((from.Longitude - to.Longitude) / 2);
        var (sinG, cosG) = GetSquaredSinCos(halfLatitude);
        var (sinF, cosF) = GetSquaredSinCos(meanLatitude);
        var (sinL, cosL) = GetSquaredSinCos(halfLongitude);

        var s = (sinG * cosL) + (cosF * sinL);
        var c = (cosG * cosL) + (sinF * sinL);
        var omega = Math.Atan2(Math.Sqrt(s), Math.Sqrt(c));
        if (s == 0 || c == 0)
        {
            // The correction is not defined for coincident and antipodal points.
            return 2 * omega * EquatorialRadiusMetres;
        }

        var r = Math.Sqrt(s * c) / omega;
        var h1 = ((3 * r) - 1) / (2 * c);
        var h2 = ((3 * r) + 1) / (2 * s);
        return 2 * omega * EquatorialRadiusMetres * (1 + (Flattening * ((h1 * sinF * cosG) - (h2 * cosF * sinG))));
    }

    /// <summary>Gets a lower bound of <see cref="GetDistanceMetres"/> at little cost: the shortest path between two parallels is along a meridian.</summary>
    public static double GetMinDistanceMetres(GeoPoint from, GeoPoint to) => Math.Abs(from.Latitude - to.Latitude) * MinMetresPerDegree;

    private static double ToRadians(double degrees) => degrees * (Math.PI / 180);

    private static (double Sin, double Cos) GetSquaredSinCos(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return (sin * sin, cos * cos);
    }
}
