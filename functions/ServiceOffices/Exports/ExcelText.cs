using System.Buffers;
using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// Values as cells that Excel reads as what they are. Excel guesses from a cell's characters alone: a code would lose its
/// leading zeros, a text that begins like a formula would run.
/// </summary>
internal static class ExcelCellFormatter
{
    // Excel keeps 15 digits of a number.
    private const long MaxExactInteger = 999_999_999_999_999;

    // The most that a text in a formula may have.
    private const int MaxFormulaStringLength = 255;

    private static readonly SearchValues<char> NumberAndDateCharacters = SearchValues.Create("0123456789 .,:/-+eE%()\u00a0");

    /// <summary>Any value but null.</summary>
    public static string Format(Column column, int row) => column switch
    {
        ValueColumn<string> c => Escape(c.Values[row]),
        ValueColumn<double> c => FormatNumber(c.Values[row]),
        ValueColumn<float> c => FormatNumber(c.Values[row]),
        ValueColumn<decimal> c => FormatNumber(c.Values[row]),
        ValueColumn<long> c => Math.Abs((decimal)c.Values[row]) <= MaxExactInteger ? JsonValueWriter.Format(c, row)! : CreateFormulaLiteral(JsonValueWriter.Format(c, row)!),
        ValueColumn<DateTimeOffset> c => c.Values[row].UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ValueColumn<int> or ValueColumn<short> or ValueColumn<byte> or ValueColumn<sbyte> when column.Property.ElementType is not EnumType => JsonValueWriter.Format(column, row)!,
        ValueColumn<DateOnly> or ValueColumn<TimeOnly> or ValueColumn<bool> => JsonValueWriter.Format(column, row)!,
        _ => Escape(CellFormatter.Format(column, row)),
    };

    /// <summary>
    /// A text that Excel shows as it is: what looks like a number or a date stands as <c>="0114"</c>, the text of a formula
    /// that is nothing but it; what begins like a formula has an apostrophe before it.
    /// </summary>
    public static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAnyExcept(NumberAndDateCharacters) < 0 && value.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            return value.Length <= MaxFormulaStringLength ? CreateFormulaLiteral(value) : "'" + value;
        }

        return SpreadsheetFormula.IsFormula(value) ? "'" + value : value;
    }

    private static string FormatNumber(double value) => double.IsFinite(value)
        ? UseDecimalComma(value.ToString(CultureInfo.InvariantCulture))
        : Escape(ValueFormatter.FormatNonFinite(value));

    private static string FormatNumber(decimal value) => CountDigits(value) > 15
        ? CreateFormulaLiteral(UseDecimalComma(value.ToString(CultureInfo.InvariantCulture)))
        : UseDecimalComma(value.ToString(CultureInfo.InvariantCulture));

    private static int CountDigits(decimal value) => value.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit);

    private static string UseDecimalComma(string number) => number.Replace('.', ',');

    private static string CreateFormulaLiteral(string value) => $"=\"{value}\"";
}
