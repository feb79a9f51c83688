using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>Writes one worksheet (ISO/IEC 29500-1, 18.3): a header, then one row per call.</summary>
internal sealed class XlsxSheetWriter(PipeWriter pipe, IReadOnlyList<FlatColumn> columns)
{
    private const int MaxStringLength = 32_767;
    private const long MaxExactInteger = 999_999_999_999_999; // Excel stores 15 digits
    private const int MinColumnWidth = 9;
    private const int MaxColumnWidth = 60;
    private const int MeasuredRows = 100;

    // Excel counts days from 1899-12-30 but treats 1900 as a leap year, so numbers are unambiguous only from 1900-03-01.
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime FirstDate = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    // 10000-01-01, the first date that Excel does not support.
    private const double MaxDateSerial = 2_958_466;

    private readonly byte[][] columnLetters = [.. Enumerable.Range(0, columns.Count).Select(GetColumnLetters)];
    private readonly byte[] rowDigits = new byte[8];
    private int rowDigitCount;
    private int rowNumber;

    public void WriteStart(IReadOnlyList<string> headings, ReadOnlySpan<int> rows)
    {
        var last = columns.Count == 0 ? "A1" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(columnLetters[^1])}{rows.Length + 1}");
        WriteRaw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n");
        WriteRaw($"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:{last}"/>""");
        WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        if (columns.Count > 0)
        {
            WriteRaw("<cols>");
            for (var i = 0; i < columns.Count; i++)
            {
                WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{MeasureWidth(columns[i], headings[i], rows)}" customWidth="1"/>"""));
            }

            WriteRaw("</cols>");
        }

        WriteRaw("<sheetData>");
        WriteStartRow();
        for (var i = 0; i < columns.Count; i++)
        {
            WriteString(i, headings[i], XlsxPackageParts.HeaderStyle);
        }

        WriteEndRow();
    }

    public void WriteRow(int row)
    {
        WriteStartRow();
        for (var i = 0; i < columns.Count; i++)
        {
            if (!columns[i].IsNull(row))
            {
                WriteValue(i, columns[i].Column, row);
            }
        }

        WriteEndRow();
    }

    public void WriteEnd()
    {
        WriteRaw("</sheetData>");
        if (columns.Count > 0)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"A1:{Encoding.ASCII.GetString(columnLetters[^1])}{rowNumber}");
            // Codes are strings of digits by design, so Excel must not mark them as errors.
            WriteRaw($"""<autoFilter ref="{range}"/><ignoredErrors><ignoredError sqref="{range}" numberStoredAsText="1"/></ignoredErrors>""");
        }

        WriteRaw("</worksheet>");
    }

    private void WriteValue(int columnIndex, Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<string> c: WriteString(columnIndex, c.Values[row]); break;
            case ValueColumn<double> c when double.IsFinite(c.Values[row]): WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<float> c when float.IsFinite(c.Values[row]): WriteNumber(columnIndex, ToDouble(c.Values[row])); break;
            case ValueColumn<int> c when c.Property.ElementType is not EnumType: WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<long> c when Math.Abs((decimal)c.Values[row]) <= MaxExactInteger: WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<decimal> c when (decimal)(double)ReplaceInexact(c.Values[row]) == c.Values[row]: WriteNumber(columnIndex, (double)c.Values[row]); break;
            case ValueColumn<short> c: WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<byte> c: WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<sbyte> c: WriteNumber(columnIndex, c.Values[row]); break;
            case ValueColumn<bool> c: WriteStartCell(columnIndex, " t=\"b\""u8, 0); pipe.Write(c.Values[row] ? "<v>1</v></c>"u8 : "<v>0</v></c>"u8); break;
            case ValueColumn<DateOnly> c when ToSerialDate(c.Values[row].ToDateTime(default)) is { } days: WriteNumber(columnIndex, days, XlsxPackageParts.DateStyle); break;
            case ValueColumn<DateTimeOffset> c when ToSerialDate(c.Values[row].UtcDateTime) is { } days: WriteNumber(columnIndex, days, XlsxPackageParts.DateTimeStyle); break;
            case ValueColumn<TimeOnly> c: WriteNumber(columnIndex, c.Values[row].ToTimeSpan().TotalDays, XlsxPackageParts.TimeStyle); break;
            default: WriteString(columnIndex, CellFormatter.Format(column, row)); break;
        }
    }

    // Excel would round a number of more than 15 digits, so it is written as a string.
    private static decimal ReplaceInexact(decimal value) => Math.Abs(value) <= MaxExactInteger ? value : 0.1m;

    // The number with the same digits: 0.1 and not 0.10000000149011612.
    private static double ToDouble(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double? ToSerialDate(DateTime utc)
    {
        var days = (utc - Epoch).TotalDays;
        return utc >= FirstDate && days < MaxDateSerial ? days : null;
    }

    private void WriteString(int columnIndex, string value, int style = 0)
    {
        WriteStartCell(columnIndex, " t=\"inlineStr\""u8, style);
        if (value.Length > MaxStringLength)
        {
            value = string.Create(CultureInfo.InvariantCulture, $"({value.Length} characters: more than a cell holds)");
        }

        var isSpaced = value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) || value.AsSpan().IndexOfAny('\n', '\t') >= 0);
        pipe.Write(isSpaced ? "<is><t xml:space=\"preserve\">"u8 : "<is><t>"u8);
        XmlEscaper.WriteEscaped(pipe, EscapeString(value));
        pipe.Write("</t></is></c>"u8);
    }

    /// <summary>Escapes characters that XML excludes as Excel does (ISO/IEC 29500-1, 22.9.2.19), such as <c>_x0001_</c>, and the underscore of strings that look like such an escape.</summary>
    private static string EscapeString(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !value.Contains("_x", StringComparison.Ordinal))
        {
            return value;
        }

        var escaped = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is < ' ' and not ('\n' or '\t') || IsEscapeSequence(value.AsSpan(i)))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)value[i]:X4}_");
            }
            else
            {
                escaped.Append(value[i]);
            }
        }

        return escaped.ToString();
    }

    private static bool IsEscapeSequence(ReadOnlySpan<char> value) =>
        value is ['_', 'x', var a, var b, var c, var d, '_', ..] && char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d);

    private void WriteNumber(int columnIndex, double value, int style = 0)
    {
        WriteStartCell(columnIndex, default, style);
        pipe.Write("<v>"u8);
        pipe.Advance(ValueFormatter.Format(value, pipe.GetSpan(ValueFormatter.MaxBytes)));
        pipe.Write("</v></c>"u8);
    }

    private void WriteStartCell(int columnIndex, ReadOnlySpan<byte> type, int style)
    {
        pipe.Write("<c r=\""u8);
        pipe.Write(columnLetters[columnIndex]);
        pipe.Write(rowDigits.AsSpan(0, rowDigitCount));
        pipe.Write("\""u8);
        if (style > 0)
        {
            pipe.Write([.. " s=\""u8, (byte)('0' + style), (byte)'"']);
        }

        pipe.Write(type);
        pipe.Write(">"u8);
    }

    private void WriteStartRow()
    {
        rowNumber++;
        rowDigitCount = ValueFormatter.Format((long)rowNumber, rowDigits);
        pipe.Write("<row r=\""u8);
        pipe.Write(rowDigits.AsSpan(0, rowDigitCount));
        pipe.Write("\">"u8);
    }

    private void WriteEndRow() => pipe.Write("</row>"u8);

    private void WriteRaw(string markup) => pipe.Write(Encoding.UTF8.GetBytes(markup));

    // A, B, …, Z, AA, AB, …
    private static byte[] GetColumnLetters(int columnIndex) =>
        columnIndex < 26 ? [(byte)('A' + columnIndex)] : [.. GetColumnLetters((columnIndex / 26) - 1), (byte)('A' + (columnIndex % 26))];

    private static int MeasureWidth(FlatColumn column, string heading, ReadOnlySpan<int> rows)
    {
        // Space for the filter button beside the heading.
        var maxLength = heading.Length + 3;
        foreach (var row in rows[..Math.Min(rows.Length, MeasuredRows)])
        {
            if (!column.IsNull(row))
            {
                maxLength = Math.Max(maxLength, column.Column switch
                {
                    ValueColumn<string> c => c.Values[row].Length + 1,
                    ValueColumn<DateTimeOffset> => 20,
                    ValueColumn<DateOnly> => 11,
                    _ => Math.Min(MaxColumnWidth, CellFormatter.Format(column.Column, row).Length + 1),
                });
            }
        }

        return Math.Clamp(maxLength, MinColumnWidth, MaxColumnWidth);
    }
}
