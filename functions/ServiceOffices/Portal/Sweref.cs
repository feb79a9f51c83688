namespace ServiceOffices.Portal;

/// <summary>
/// SWEREF 99 TM (EPSG:3006), the projection that Sweden's maps are drawn in: Gauss-Krüger by Krüger's series on GRS 80
/// with the central meridian 15° E, scale 0.9996 and false easting 500 km, as Lantmäteriet gives it.
/// </summary>
internal static class Sweref
{
    private const double MajorAxisMetres = 6_378_137;
    private const double Flattening = 1 / 298.257222101;
    private const double Scale = 0.9996;

    private static readonly double N = Flattening / (2 - Flattening);
    private static readonly double Radius = MajorAxisMetres / (1 + N) * (1 + (N * N / 4) + (N * N * N * N / 64));
    private static readonly double Eccentricity = Math.Sqrt(Flattening * (2 - Flattening));

    // To the third order: within a centimetre in all of Sweden.
    private static readonly double[] Series =
    [
        (N / 2) - (2 * N * N / 3) + (5 * N * N * N / 16),
        (13 * N * N / 48) - (3 * N * N * N / 5),
        61 * N * N * N / 240,
    ];

    /// <summary>Metres east and north of the projection's origin.</summary>
    /// <param name="latitude">WGS 84, decimal degrees; the difference to SWEREF 99 is below a metre.</param>
    public static (double East, double North) Of(double latitude, double longitude)
    {
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var meridian = double.DegreesToRadians(longitude - 15);
        var t = Math.Sinh(Math.Atanh(sine) - (Eccentricity * Math.Atanh(Eccentricity * sine)));
        var xi = Math.Atan2(t, Math.Cos(meridian));
        var eta = Math.Atanh(Math.Sin(meridian) / Math.Sqrt(1 + (t * t)));
        var (east, north) = (eta, xi);
        for (var i = 0; i < Series.Length; i++)
        {
            var order = 2 * (i + 1);
            east += Series[i] * Math.Cos(order * xi) * Math.Sinh(order * eta);
            north += Series[i] * Math.Sin(order * xi) * Math.Cosh(order * eta);
        }

        return ((Scale * Radius * east) + 500_000, Scale * Radius * north);
    }
}
