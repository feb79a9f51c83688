using System.Buffers.Binary;
using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Formats.Geo;

/// <summary>Encodes geography as well-known binary (OGC 06-103r4, 8): little-endian, longitude first, WGS 84.</summary>
internal static class WkbEncoder
{
    private const int PointBytes = 16;
    private const int HeaderBytes = 5;

    public static byte[] Encode(GeoPoint point)
    {
        var bytes = CreateHeader(1, PointBytes);
        WritePoint(bytes.AsSpan(HeaderBytes), point);
        return bytes;
    }

    public static byte[] Encode(Geometry geometry)
    {
        var isPolygon = geometry.Kind == PrimitiveKind.GeographyPolygon;
        var bytes = CreateHeader(isPolygon ? 3u : 2u, (isPolygon ? 4 : 0) + geometry.Parts.Sum(part => 4 + (part.Count * PointBytes)));
        var rest = bytes.AsSpan(HeaderBytes);
        if (isPolygon)
        {
            rest = WriteCount(rest, geometry.Parts.Count);
        }

        foreach (var part in geometry.Parts)
        {
            rest = WriteCount(rest, part.Count);
            foreach (var point in part)
            {
                rest = WritePoint(rest, point);
            }
        }

        return bytes;
    }

    private static byte[] CreateHeader(uint type, int contentBytes)
    {
        var bytes = new byte[HeaderBytes + contentBytes];
        bytes[0] = 1; // little-endian
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), type);
        return bytes;
    }

    private static Span<byte> WriteCount(Span<byte> bytes, int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)count);
        return bytes[4..];
    }

    private static Span<byte> WritePoint(Span<byte> bytes, GeoPoint point)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, point.Longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], point.Latitude);
        return bytes[PointBytes..];
    }
}

/// <summary>Finds the properties of a type that geographic formats use.</summary>
internal static class GeographyColumns
{
    private static readonly string[] LabelProperties = ["name", "nameSv"];

    /// <summary>Gets the first geography property, or null.</summary>
    public static Property? FindProperty(StructuredType type) => type.Properties.FirstOrDefault(property => property.Type is PrimitiveType { IsGeography: true });

    public static string? GetUnsupportedReason(StructuredType type, string format) => FindProperty(type) is null ? $"{type.Name} has no geography property; {format} requires one." : null;

    /// <summary>Gets the column of a feature's label: the name, or the key if there is no name; null if there is neither.</summary>
    public static FlatColumn? FindLabelColumn(IReadOnlyList<FlatColumn> columns, StructuredType type) =>
        columns.FirstOrDefault(column => LabelProperties.Contains(column.Name)) ?? columns.FirstOrDefault(column => type.Key is [var key, ..] && column.Name == key.Name);
}

/// <summary>Formats geography as well-known text (OGC 06-103r4, 7), which CSV readers recognize: longitude first, WGS 84.</summary>
internal static class WktFormatter
{
    public static string Format(GeoPoint point) => $"POINT ({FormatPosition(point)})";

    public static string Format(Geometry geometry) => geometry.Kind == PrimitiveKind.GeographyPolygon
        ? $"POLYGON ({string.Join(", ", geometry.Parts.Select(FormatPoints))})"
        : $"LINESTRING {FormatPoints(geometry.Parts[0])}";

    private static string FormatPoints(IReadOnlyList<GeoPoint> points) => $"({string.Join(", ", points.Select(FormatPosition))})";

    private static string FormatPosition(GeoPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Longitude} {point.Latitude}");
}
