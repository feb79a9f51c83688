using System.Text.Json;

namespace ServiceOffices.Portal;

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
