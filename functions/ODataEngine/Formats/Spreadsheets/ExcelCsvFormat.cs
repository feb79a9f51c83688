using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>
/// Formats values as cells that Excel interprets with the right type. Excel infers the type from the characters: a code would lose
/// its leading zeros, and a string that begins like a formula would run.
/// </summary>
internal static class ExcelCellFormatter
{
    // Excel stores 15 digits of a number.
    private const long MaxExactInteger = 999_999_999_999_999;

    private const int MaxFormulaStringLength = SpreadsheetEscape.MaxFormulaStringLength;

    /// <summary>Formats a value other than null.</summary>
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
    /// Escapes a string so that Excel displays it unchanged. A string that Excel would convert to a number, a date or another type becomes a formula
    /// with a string literal, such as <c>="0114"</c>; a string that begins like a formula gets a leading apostrophe,
    /// and so does one that would otherwise look like a string with such an apostrophe.
    /// </summary>
    public static string Escape(string value)
    {
        if (value.Length <= MaxFormulaStringLength && !value.Contains('"') && SpreadsheetConversion.IsConvertible(value))
        {
            return CreateFormulaLiteral(value);
        }

        return SpreadsheetEscape.NeedsApostrophe(value) ? "'" + value : value;
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

/// <summary>
/// CSV for Excel with Swedish settings: a byte order mark, semicolons between cells, decimal commas, dates and times that Excel
/// recognizes, and escaped strings (<see cref="ExcelCellFormatter"/>). Intended for people; programs use <see cref="CsvFormat"/>.
/// </summary>
public sealed class ExcelCsvFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    public override string Name => "excel.csv";

    public override string MediaType => "text/csv; charset=utf-8";

    public override bool HasTitles => true;

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var columns = FlatColumn.FromTable(rows.Table);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        pipe.Write("\ufeff"u8);
        using var csv = new CsvWriter(pipe, ';');
        foreach (var heading in FlatColumn.GetHeadings(columns, options.Language))
        {
            csv.WriteString(ExcelCellFormatter.Escape(heading));
        }

        csv.EndRow();
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            WriteRow(csv, columns, rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<FlatColumn> columns, int row)
    {
        foreach (var column in columns)
        {
            if (column.IsNull(row))
            {
                csv.WriteNull();
            }
            else
            {
                csv.WriteString(ExcelCellFormatter.Format(column.Column, row));
            }
        }

        csv.EndRow();
    }
}
