namespace ODataEngine.Model;

/// <summary>Distances on the WGS 84 ellipsoid.</summary>
public static class Geodesy
{
    private const double EquatorialRadiusMetres = 6_378_137;
    private const double Flattening = 1 / 298.257223563;

    // A degree of latitude has 110 574 m at the least, at the equator; 0.3 % less is what DistanceMetres may be short by.
    private const double MinMetresPerDegree = 110_200;

    /// <summary>
    /// Metres along the geodesic, by the Andoyer-Lambert formula (first order in the flattening): within 0.002 % of
    /// the true length up to 10 000 km; near the antipodes up to 0.3 %.
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
            // Coincident or antipodal: the correction's fractions are not defined there.
            return 2 * omega * EquatorialRadiusMetres;
        }

        var r = Math.Sqrt(s * c) / omega;
        var h1 = ((3 * r) - 1) / (2 * c);
        var h2 = ((3 * r) + 1) / (2 * s);
        return 2 * omega * EquatorialRadiusMetres * (1 + (Flattening * ((h1 * sinF * cosG) - (h2 * cosF * sinG))));
    }

    /// <summary>Metres that <see cref="GetDistanceMetres"/> is not below, at little cost: no way between two parallels is shorter than along a meridian.</summary>
    public static double GetMinDistanceMetres(GeoPoint from, GeoPoint to) => Math.Abs(from.Latitude - to.Latitude) * MinMetresPerDegree;

    private static double ToRadians(double degrees) => degrees * (Math.PI / 180);

    private static (double Sin, double Cos) GetSquaredSinCos(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return (sin * sin, cos * cos);
    }
}
