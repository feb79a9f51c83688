namespace ServiceOffices.Register.Model;

/// <summary>
/// Converts between degrees and SWEREF 99 TM (EPSG:3006), the Swedish map projection: Gauss conformal projection with Krüger's series on
/// GRS 80 with the central meridian 15° E, scale 0.9996 and false easting 500 km, as specified by Lantmäteriet. The difference
/// between SWEREF 99 and WGS 84 is below a metre.
/// </summary>
public static class Sweref99
{
    private const double CentralMeridian = 15;
    private const double FalseEasting = 500_000;
    private const double MajorAxis = 6_378_137;
    private const double Flattening = 1 / 298.257222101;
    private const double N = Flattening / (2 - Flattening);
    private const double Radius = 0.9996 * MajorAxis / (1 + N) * (1 + (N * N / 4) + (N * N * N * N / 64));

    private static readonly double Eccentricity = Math.Sqrt(Flattening * (2 - Flattening));

    // Third order: accurate to a centimetre in all of Sweden.
    private static readonly double[] Forward = [(N / 2) - (2 * N * N / 3) + (5 * N * N * N / 16), (13 * N * N / 48) - (3 * N * N * N / 5), 61 * N * N * N / 240];

    private static readonly double[] Inverse = [(N / 2) - (2 * N * N / 3) + (37 * N * N * N / 96), (N * N / 48) + (N * N * N / 15), 17 * N * N * N / 480];

    /// <summary>Tests whether a northing and an easting, in metres, are a place in Sweden.</summary>
    public static bool IsInSweden(double north, double east) => north is >= 6_100_000 and <= 7_700_000 && east is >= 200_000 and <= 950_000;

    /// <summary>Converts decimal degrees to metres east and north.</summary>
    public static (double East, double North) FromDegrees(double latitude, double longitude)
    {
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var meridian = double.DegreesToRadians(longitude - CentralMeridian);
        var t = Math.Sinh(Math.Atanh(sine) - (Eccentricity * Math.Atanh(Eccentricity * sine)));
        var xi = Math.Atan2(t, Math.Cos(meridian));
        var eta = Math.Atanh(Math.Sin(meridian) / Math.Sqrt(1 + (t * t)));
        var (east, north) = (eta, xi);
        for (var i = 0; i < Forward.Length; i++)
        {
            var order = 2 * (i + 1);
            east += Forward[i] * Math.Cos(order * xi) * Math.Sinh(order * eta);
            north += Forward[i] * Math.Sin(order * xi) * Math.Cosh(order * eta);
        }

        return ((Radius * east) + FalseEasting, Radius * north);
    }

    /// <summary>Converts metres north and east to decimal degrees.</summary>
    public static (double Latitude, double Longitude) ToDegrees(double north, double east)
    {
        var (xi, eta) = (north / Radius, (east - FalseEasting) / Radius);
        var (conformalXi, conformalEta) = (xi, eta);
        for (var i = 0; i < Inverse.Length; i++)
        {
            var order = 2 * (i + 1);
            conformalXi -= Inverse[i] * Math.Sin(order * xi) * Math.Cosh(order * eta);
            conformalEta -= Inverse[i] * Math.Cos(order * xi) * Math.Sinh(order * eta);
        }

        // The conformal latitude determines the geodetic one; each step reduces the error 300 times.
        var conformal = Math.Atanh(Math.Sin(conformalXi) / Math.Cosh(conformalEta));
        var sine = Math.Tanh(conformal);
        for (var i = 0; i < 6; i++)
        {
            sine = Math.Tanh(conformal + (Eccentricity * Math.Atanh(Eccentricity * sine)));
        }

        return (double.RadiansToDegrees(Math.Asin(sine)), CentralMeridian + double.RadiansToDegrees(Math.Atan(Math.Sinh(conformalEta) / Math.Cos(conformalXi))));
    }
}
