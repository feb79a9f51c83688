using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace ODataEngine.Model;

/// <summary>
/// Formats single values in UTF-8 as in OData JSON, without quotes (OData JSON Format 4.01, 7.1). All text formats use it for dates, times and
/// numbers. Each method returns the number of bytes written.
/// </summary>
internal static class ValueFormatter
{
    /// <summary>The maximum length of a value that is not a string, a binary or geography.</summary>
    public const int MaxBytes = 64;

    /// <summary>Formats a date: <c>2024-02-29</c>.</summary>
    public static int Format(DateOnly value, Span<byte> utf8) => EnsureFits(value.TryFormat(utf8, out var length, "O", CultureInfo.InvariantCulture), length);

    /// <summary>Formats a time: <c>08:30:00</c>, with fractional seconds only if they are not zero.</summary>
    public static int Format(TimeOnly value, Span<byte> utf8) =>
        EnsureFits(value.TryFormat(utf8, out var length, HasFraction(value.Ticks) ? "HH:mm:ss.FFFFFFF" : "HH:mm:ss", CultureInfo.InvariantCulture), length);

    /// <summary>Formats a point in time in UTC: <c>2024-02-29T08:30:00Z</c>, with fractional seconds only if they are not zero.</summary>
    public static int Format(DateTimeOffset value, Span<byte> utf8) =>
        EnsureFits(value.UtcDateTime.TryFormat(
            utf8, out var length, HasFraction(value.Ticks) ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), length);

    /// <summary>Formats a duration: <c>P1DT2H</c> (dayTimeDuration of XML Schema).</summary>
    public static int Format(TimeSpan value, Span<byte> utf8) => Encoding.UTF8.GetBytes(XmlConvert.ToString(value), utf8);

    public static int Format(Guid value, Span<byte> utf8) => EnsureFits(value.TryFormat(utf8, out var length), length);

    public static int Format(long value, Span<byte> utf8) => EnsureFits(value.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture), length);

    public static int Format(decimal value, Span<byte> utf8) => EnsureFits(value.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture), length);

    /// <summary>Formats a number as the shortest string that parses to the same number, or as <c>INF</c>, <c>-INF</c> or <c>NaN</c>.</summary>
    public static int Format(double value, Span<byte> utf8) => double.IsFinite(value)
        ? EnsureFits(value.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture), length)
        : Encoding.UTF8.GetBytes(FormatNonFinite(value), utf8);

    /// <inheritdoc cref="Format(double, Span{byte})"/>
    public static int Format(float value, Span<byte> utf8) => float.IsFinite(value)
        ? EnsureFits(value.TryFormat(utf8, out var length, default, CultureInfo.InvariantCulture), length)
        : Encoding.UTF8.GetBytes(FormatNonFinite(value), utf8);

    public static ReadOnlySpan<byte> Format(bool value) => value ? "true"u8 : "false"u8;

    /// <summary>Formats a binary value as base64url without padding (OData JSON Format 4.01, 7.1; RFC 4648, 5).</summary>
    public static string Format(byte[] value) => Base64Url.EncodeToString(value);

    public static string FormatNonFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF";

    private static bool HasFraction(long ticks) => ticks % TimeSpan.TicksPerSecond != 0;

    private static int EnsureFits(bool fits, int length) => fits ? length : throw new InvalidOperationException($"A value requires more than {MaxBytes} bytes.");
}
