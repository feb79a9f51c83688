using System.Buffers;
using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// Values as cells that Excel reads as what they are. Excel guesses from a cell's characters alone: a code would lose its
/// leading zeros, a text that begins like a formula would run.
/// </summary>
internal static class ExcelText
{
    // Excel keeps 15 digits of a number.
    private const long LargestNumber = 999_999_999_999_999;

    // The most that a text in a formula may have.
    private const int LongestLiteral = 255;

    private static readonly SearchValues<char> OfNumbersAndDates = SearchValues.Create("0123456789 .,:/-+eE%()\u00a0");

    /// <summary>Any value but null.</summary>
    public static string Of(Column column, int row) => column switch
    {
        ValueColumn<string> c => Protected(c.Values[row]),
        ValueColumn<double> c => Number(c.Values[row]),
        ValueColumn<float> c => Number(c.Values[row]),
        ValueColumn<decimal> c => Number(c.Values[row]),
        ValueColumn<long> c => Math.Abs((decimal)c.Values[row]) <= LargestNumber ? JsonValues.Text(c, row)! : Literal(JsonValues.Text(c, row)!),
        ValueColumn<DateTimeOffset> c => c.Values[row].UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ValueColumn<int> or ValueColumn<short> or ValueColumn<byte> or ValueColumn<sbyte> when column.Property.ElementType is not EnumType => JsonValues.Text(column, row)!,
        ValueColumn<DateOnly> or ValueColumn<TimeOnly> or ValueColumn<bool> => JsonValues.Text(column, row)!,
        _ => Protected(CellText.Of(column, row)),
    };

    /// <summary>
    /// A text that Excel shows as it is: what looks like a number or a date stands as <c>="0114"</c>, the text of a formula
    /// that is nothing but it; what begins like a formula has an apostrophe before it.
    /// </summary>
    public static string Protected(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(OfNumbersAndDates) < 0 && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            return text.Length <= LongestLiteral ? Literal(text) : "'" + text;
        }

        return Formula.Begins(text) ? "'" + text : text;
    }

    private static string Number(double value) => double.IsFinite(value)
        ? WithComma(value.ToString(CultureInfo.InvariantCulture))
        : Protected(ValueText.NotFinite(value));

    private static string Number(decimal value) => Digits(value) > 15
        ? Literal(WithComma(value.ToString(CultureInfo.InvariantCulture)))
        : WithComma(value.ToString(CultureInfo.InvariantCulture));

    private static int Digits(decimal value) => value.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit);

    private static string WithComma(string number) => number.Replace('.', ',');

    private static string Literal(string text) => $"=\"{text}\"";
}
