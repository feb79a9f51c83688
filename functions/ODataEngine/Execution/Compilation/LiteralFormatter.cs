using System.Globalization;
using System.Xml;
using ODataEngine.Model;

namespace ODataEngine.Execution.Compilation;

/// <summary>Formats a value as its literal, the result of <c>cast</c> to a string (OData 4.01 Part 2, 5.1.1.10.1).</summary>
internal static class LiteralFormatter
{
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static string Format(object value, DataType type) => (value, type) switch
    {
        (int member, EnumType enumeration) => JsonValueWriter.GetMemberName(enumeration, member),
        (bool condition, _) => condition ? "true" : "false",
        (double number, _) => double.IsFinite(number) ? number.ToString(Invariant) : ValueFormatter.FormatNonFinite(number),
        (float number, _) => float.IsFinite(number) ? number.ToString(Invariant) : ValueFormatter.FormatNonFinite(number),
        (DateOnly on, _) => on.ToString("O", Invariant),
        (TimeOnly time, _) => time.ToString("HH':'mm':'ss.FFFFFFF", Invariant),
        (DateTimeOffset at, _) => XmlConvert.ToString(at),
        (TimeSpan duration, _) => XmlConvert.ToString(duration),
        (byte[] bytes, _) => ValueFormatter.Format(bytes),
        (GeoPoint point, _) => $"SRID=4326;Point({FormatPosition(point)})",
        (Geometry { Kind: PrimitiveKind.GeographyPolygon } area, _) => $"SRID=4326;Polygon({string.Join(',', area.Parts.Select(FormatPositions))})",
        (Geometry line, _) => "SRID=4326;LineString" + FormatPositions(line.Parts[0]),
        (IFormattable other, _) => other.ToString(null, Invariant),
        _ => value.ToString()!,
    };

    private static string FormatPositions(IReadOnlyList<GeoPoint> points) => $"({string.Join(',', points.Select(FormatPosition))})";

    private static string FormatPosition(GeoPoint point) => string.Create(Invariant, $"{point.Longitude} {point.Latitude}");
}
