using System.Buffers.Binary;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Well-known binary (OGC 06-103r4, 8), little-endian: longitude first; WGS 84.</summary>
internal static class Wkb
{
    private const int PointBytes = 16;
    private const int HeaderBytes = 5;

    public static byte[] Of(GeoPoint point)
    {
        var bytes = Header(1, PointBytes);
        Write(bytes.AsSpan(HeaderBytes), point);
        return bytes;
    }

    public static byte[] Of(Geometry geometry)
    {
        var isPolygon = geometry.Kind == PrimitiveKind.GeographyPolygon;
        var bytes = Header(isPolygon ? 3u : 2u, (isPolygon ? 4 : 0) + geometry.Parts.Sum(part => 4 + (part.Count * PointBytes)));
        var rest = bytes.AsSpan(HeaderBytes);
        if (isPolygon)
        {
            rest = Count(rest, geometry.Parts.Count);
        }

        foreach (var part in geometry.Parts)
        {
            rest = Count(rest, part.Count);
            foreach (var point in part)
            {
                rest = Write(rest, point);
            }
        }

        return bytes;
    }

    private static byte[] Header(uint type, int contentBytes)
    {
        var bytes = new byte[HeaderBytes + contentBytes];
        bytes[0] = 1; // little-endian
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), type);
        return bytes;
    }

    private static Span<byte> Count(Span<byte> bytes, int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)count);
        return bytes[4..];
    }

    private static Span<byte> Write(Span<byte> bytes, GeoPoint point)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, point.Longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], point.Latitude);
        return bytes[PointBytes..];
    }
}
