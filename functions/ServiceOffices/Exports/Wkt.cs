using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Well-known text (OGC 06-103r4, 7): what readers of CSV take for geometry. Longitude first; WGS 84.</summary>
internal static class Wkt
{
    public static string Of(GeoPoint point) => $"POINT ({Position(point)})";

    public static string Of(Geometry geometry) => geometry.Kind == PrimitiveKind.GeographyPolygon
        ? $"POLYGON ({string.Join(", ", geometry.Parts.Select(Run))})"
        : $"LINESTRING {Run(geometry.Parts[0])}";

    private static string Run(IReadOnlyList<GeoPoint> points) => $"({string.Join(", ", points.Select(Position))})";

    private static string Position(GeoPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Longitude} {point.Latitude}");
}
