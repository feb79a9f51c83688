using System.Globalization;
using System.Xml;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Reads a value from its text as <c>cast</c> from a string does (OData 4.01 Part 2, 5.1.1.11.1).</summary>
internal static class LiteralText
{
    /// <returns>False where the text is not a value of this type.</returns>
    public static bool TryParse(string text, PrimitiveKind kind, out object value)
    {
        try
        {
            value = Parse(text, kind)!;
            return value is not null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            value = false;
            return false;
        }
    }

    private static object? Parse(string text, PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.String => text,
        PrimitiveKind.Boolean => text switch { "true" => true, "false" => false, _ => null },
        PrimitiveKind.Byte => byte.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        PrimitiveKind.SByte => sbyte.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        PrimitiveKind.Int16 => short.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        PrimitiveKind.Int32 => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        PrimitiveKind.Int64 => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        PrimitiveKind.Single => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        PrimitiveKind.Double => XmlConvert.ToDouble(text),
        PrimitiveKind.Decimal => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        PrimitiveKind.Guid => Guid.ParseExact(text, "D"),
        PrimitiveKind.Date => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        PrimitiveKind.TimeOfDay => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
        PrimitiveKind.DateTimeOffset => XmlConvert.ToDateTimeOffset(text),
        PrimitiveKind.Duration => XmlConvert.ToTimeSpan(text),
        PrimitiveKind.Binary => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=')),
        _ => null,
    };
}
