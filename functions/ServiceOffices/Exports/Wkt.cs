using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Well-known text (OGC 06-103r4, 7): what readers of CSV take for geometry. Longitude first; WGS 84.</summary>
internal static class WktFormatter
{
    public static string Format(GeoPoint point) => $"POINT ({FormatPosition(point)})";

    public static string Format(Geometry geometry) => geometry.Kind == PrimitiveKind.GeographyPolygon
        ? $"POLYGON ({string.Join(", ", geometry.Parts.Select(FormatPoints))})"
        : $"LINESTRING {FormatPoints(geometry.Parts[0])}";

    private static string FormatPoints(IReadOnlyList<GeoPoint> points) => $"({string.Join(", ", points.Select(FormatPosition))})";

    private static string FormatPosition(GeoPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Longitude} {point.Latitude}");
}
