using System.Buffers.Binary;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Well-known binary (OGC 06-103r4, 8), little-endian: longitude first; WGS 84.</summary>
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
