using System.Globalization;
using System.Xml;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>A value as its literal, which is what <c>cast</c> to a string gives (OData 4.01 Part 2, 5.1.1.10.1).</summary>
internal static class LiteralText
{
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    public static string Of(object value, DataType type) => (value, type) switch
    {
        (int member, EnumType enumeration) => JsonValues.MemberName(enumeration, member),
        (bool condition, _) => condition ? "true" : "false",
        (double number, _) => double.IsFinite(number) ? number.ToString(Invariant) : ValueText.NotFinite(number),
        (float number, _) => float.IsFinite(number) ? number.ToString(Invariant) : ValueText.NotFinite(number),
        (DateOnly on, _) => on.ToString("O", Invariant),
        (TimeOnly time, _) => time.ToString("HH':'mm':'ss.FFFFFFF", Invariant),
        (DateTimeOffset at, _) => XmlConvert.ToString(at),
        (TimeSpan duration, _) => XmlConvert.ToString(duration),
        (byte[] bytes, _) => ValueText.Of(bytes),
        (GeoPoint point, _) => $"SRID=4326;Point({Position(point)})",
        (Geometry { Kind: PrimitiveKind.GeographyPolygon } area, _) => $"SRID=4326;Polygon({string.Join(',', area.Parts.Select(Positions))})",
        (Geometry line, _) => "SRID=4326;LineString" + Positions(line.Parts[0]),
        (IFormattable other, _) => other.ToString(null, Invariant),
        _ => value.ToString()!,
    };

    private static string Positions(IReadOnlyList<GeoPoint> points) => $"({string.Join(',', points.Select(Position))})";

    private static string Position(GeoPoint point) => string.Create(Invariant, $"{point.Longitude} {point.Latitude}");
}
