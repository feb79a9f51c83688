using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Converts numeric constants between types.</summary>
internal static class NumericConversion
{
    /// <summary>
    /// Converts a constant to another type; null if that type cannot hold it exactly. Only Double and Single are rounded, as in
    /// numeric promotion.
    /// </summary>
    public static object? Convert(object value, PrimitiveKind target) => target switch
    {
        PrimitiveKind.Double => ToDouble(value),
        PrimitiveKind.Single => value is double ? null : ToSingle(value),
        _ => ToDecimal(value) is { } number ? ToExact(number, target) : null,
    };

    private static object? ToExact(decimal number, PrimitiveKind target) => target switch
    {
        PrimitiveKind.Decimal => number,
        _ when decimal.Truncate(number) != number => null,
        PrimitiveKind.Int64 => number is >= long.MinValue and <= long.MaxValue ? (long)number : null,
        PrimitiveKind.Int32 => number is >= int.MinValue and <= int.MaxValue ? (int)number : null,
        PrimitiveKind.Int16 => number is >= short.MinValue and <= short.MaxValue ? (short)number : null,
        PrimitiveKind.Byte => number is >= byte.MinValue and <= byte.MaxValue ? (byte)number : null,
        PrimitiveKind.SByte => number is >= sbyte.MinValue and <= sbyte.MaxValue ? (sbyte)number : null,
        _ => null,
    };

    private static object? ToDouble(object value) => value switch
    {
        int number => (double)number,
        long number => (double)number,
        // Converted through its string, so that 59.33 becomes the nearest double.
        decimal number => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        float number => (double)number,
        double number => number,
        byte or sbyte or short => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static object? ToSingle(object value) => value switch
    {
        int number => (float)number,
        long number => (float)number,
        decimal number => float.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        float number => number,
        byte or sbyte or short => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static decimal? ToDecimal(object value) => value switch
    {
        int number => number,
        long number => number,
        decimal number => number,
        // 1e3 is a double that can be compared with an integer column.
        double number when Math.Abs(number) < 1e15 && Math.Truncate(number) == number => (decimal)number,
        byte or sbyte or short => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
