using System.Text.Json;

namespace ServiceOffices.Web.Portal.Components;

/// <summary>
/// SWEREF 99 TM (EPSG:3006), the projection that Sweden's maps are drawn in: Gauss-Krüger by Krüger's series on GRS 80
/// with the central meridian 15° E, scale 0.9996 and false easting 500 km, as Lantmäteriet gives it.
/// </summary>
internal static class SwerefProjection
{
    private const double MajorAxisMetres = 6_378_137;
    private const double Flattening = 1 / 298.257222101;
    private const double Scale = 0.9996;

    private static readonly double ThirdFlattening = Flattening / (2 - Flattening);
    private static readonly double MeridianRadius = MajorAxisMetres / (1 + ThirdFlattening) * (1 + (ThirdFlattening * ThirdFlattening / 4) + (ThirdFlattening * ThirdFlattening * ThirdFlattening * ThirdFlattening / 64));
    private static readonly double Eccentricity = Math.Sqrt(Flattening * (2 - Flattening));

    // To the third order: within a centimetre in all of Sweden.
    private static readonly double[] SeriesCoefficients =
    [
        (ThirdFlattening / 2) - (2 * ThirdFlattening * ThirdFlattening / 3) + (5 * ThirdFlattening * ThirdFlattening * ThirdFlattening / 16),
        (13 * ThirdFlattening * ThirdFlattening / 48) - (3 * ThirdFlattening * ThirdFlattening * ThirdFlattening / 5),
        61 * ThirdFlattening * ThirdFlattening * ThirdFlattening / 240,
    ];

    /// <summary>Metres east and north of the projection's origin.</summary>
    /// <param name="latitude">WGS 84, decimal degrees; the difference to SWEREF 99 is below a metre.</param>
    public static (double East, double North) Project(double latitude, double longitude)
    {
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var meridian = double.DegreesToRadians(longitude - 15);
        var t = Math.Sinh(Math.Atanh(sine) - (Eccentricity * Math.Atanh(Eccentricity * sine)));
        var xi = Math.Atan2(t, Math.Cos(meridian));
        var eta = Math.Atanh(Math.Sin(meridian) / Math.Sqrt(1 + (t * t)));
        var (east, north) = (eta, xi);
        for (var i = 0; i < SeriesCoefficients.Length; i++)
        {
            var order = 2 * (i + 1);
            east += SeriesCoefficients[i] * Math.Cos(order * xi) * Math.Sinh(order * eta);
            north += SeriesCoefficients[i] * Math.Sin(order * xi) * Math.Cosh(order * eta);
        }

        return ((Scale * MeridianRadius * east) + 500_000, Scale * MeridianRadius * north);
    }
}

/// <summary>
/// A part of Sweden as a picture whose unit is a kilometre: its box in metres of SWEREF 99 TM, and the land in it as
/// SVG paths (outline.json, made by outline.mjs from Natural Earth).
/// </summary>
/// <param name="Sweden">An SVG path from the box's north-west corner.</param>
/// <param name="Neighbours">The same of the land around.</param>
internal sealed record MapFrame(double West, double East, double South, double North, string Sweden, string Neighbours)
{
    private static readonly Dictionary<string, MapFrame> All = LoadFrames();

    public static MapFrame Country => All["country"];

    /// <summary>Around Stockholm, where offices stand too close for a picture of the country.</summary>
    public static MapFrame Stockholm => All["stockholm"];

    public double Width => (East - West) / 1000;

    public double Height => (North - South) / 1000;

    /// <summary>Kilometres east and south of the box's north-west corner.</summary>
    public (double X, double Y) Project(double latitude, double longitude)
    {
        var (east, north) = SwerefProjection.Project(latitude, longitude);
        return ((east - West) / 1000, (North - north) / 1000);
    }

    public bool Contains((double X, double Y) point) =>
        point.X >= 0 && point.Y >= 0 && point.X <= Width && point.Y <= Height;

    private static Dictionary<string, MapFrame> LoadFrames()
    {
        using var resource = PortalAssets.OpenResource("outline.json");
        return JsonSerializer.Deserialize<Dictionary<string, MapFrame>>(resource, JsonSerializerOptions.Web)!;
    }
}
