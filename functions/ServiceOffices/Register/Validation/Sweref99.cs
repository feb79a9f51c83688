namespace ServiceOffices.Register.Validation;

/// <summary>
/// Converts SWEREF 99 TM to degrees by the Gauss conformal projection (Lantmäteriet, "Gauss Conformal Projection (Transverse
/// Mercator), Krüger's formulas"): GRS 80, central meridian 15° E, scale 0.9996, false easting 500 000 m.
/// </summary>
internal static class Sweref99
{
    private const double CentralMeridian = 15;
    private const double Scale = 0.9996;
    private const double FalseEasting = 500_000;
    private const double SemiMajorAxis = 6_378_137;
    private const double Flattening = 1 / 298.257222101;

    /// <summary>Tests whether a northing and an easting, in metres, are a place in Sweden.</summary>
    public static bool IsInSweden(double northing, double easting) => northing is >= 6_100_000 and <= 7_700_000 && easting is >= 200_000 and <= 950_000;

    /// <summary>Gets the latitude and longitude in degrees of SWEREF 99, which equal WGS 84 within a metre.</summary>
    public static (double Latitude, double Longitude) ToDegrees(double northing, double easting)
    {
        const double e2 = Flattening * (2 - Flattening);
        const double n = Flattening / (2 - Flattening);
        const double radius = SemiMajorAxis / (1 + n) * (1 + (n * n / 4) + (n * n * n * n / 64));
        double[] deltas =
        [
            (n / 2) - (2 * n * n / 3) + (37 * n * n * n / 96) - (n * n * n * n / 360),
            (n * n / 48) + (n * n * n / 15) - (437 * n * n * n * n / 1440),
            (17 * n * n * n / 480) - (37 * n * n * n * n / 840),
            4397 * n * n * n * n / 161_280,
        ];
        var (xi, eta) = (northing / (Scale * radius), (easting - FalseEasting) / (Scale * radius));
        var (xiPrime, etaPrime) = (xi, eta);
        for (var i = 0; i < deltas.Length; i++)
        {
            var angle = 2 * (i + 1);
            xiPrime -= deltas[i] * Math.Sin(angle * xi) * Math.Cosh(angle * eta);
            etaPrime -= deltas[i] * Math.Cos(angle * xi) * Math.Sinh(angle * eta);
        }

        var phi = Math.Asin(Math.Sin(xiPrime) / Math.Cosh(etaPrime));
        var s2 = Math.Sin(phi) * Math.Sin(phi);
        var series = e2 + (e2 * e2) + (e2 * e2 * e2) + (e2 * e2 * e2 * e2)
            + (-((7 * e2 * e2) + (17 * e2 * e2 * e2) + (30 * e2 * e2 * e2 * e2)) / 6 * s2)
            + (((224 * e2 * e2 * e2) + (889 * e2 * e2 * e2 * e2)) / 120 * s2 * s2)
            + (-4279 * e2 * e2 * e2 * e2 / 1260 * s2 * s2 * s2);
        return (
            double.RadiansToDegrees(phi + (Math.Sin(phi) * Math.Cos(phi) * series)),
            CentralMeridian + double.RadiansToDegrees(Math.Atan(Math.Sinh(etaPrime) / Math.Cos(xiPrime))));
    }
}
