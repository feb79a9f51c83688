using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes one worksheet (ISO/IEC 29500-1, 18.3): a header, then a row a call.</summary>
internal sealed class XlsxSheet(PipeWriter pipe, IReadOnlyList<FlatColumn> columns)
{
    private const int LongestText = 32_767;
    private const long LargestWhole = 999_999_999_999_999; // Excel keeps 15 digits
    private const int NarrowestColumn = 9;
    private const int WidestColumn = 60;
    private const int RowsMeasured = 100;

    // Excel counts days from 1899-12-30 on, but takes 1900 for a leap year: only from here on is a number one date.
    private static readonly DateTime Epoch = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime FirstDate = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    // Past this a number is no date any more: 10000-01-01.
    private const double EndOfDates = 2_958_466;

    private readonly byte[][] letters = [.. Enumerable.Range(0, columns.Count).Select(Letters)];
    private readonly byte[] rowDigits = new byte[8];
    private int rowDigitCount;
    private int written;

    public void Begin(IReadOnlyList<string> headings, ReadOnlySpan<int> rows)
    {
        var last = columns.Count == 0 ? "A1" : string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(letters[^1])}{rows.Length + 1}");
        Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n");
        Raw($"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:{last}"/>""");
        Raw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        if (columns.Count > 0)
        {
            Raw("<cols>");
            for (var i = 0; i < columns.Count; i++)
            {
                Raw(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{Width(columns[i], headings[i], rows)}" customWidth="1"/>"""));
            }

            Raw("</cols>");
        }

        Raw("<sheetData>");
        BeginRow();
        for (var i = 0; i < columns.Count; i++)
        {
            Text(i, headings[i], XlsxParts.HeaderStyle);
        }

        EndRow();
    }

    public void Row(int row)
    {
        BeginRow();
        for (var i = 0; i < columns.Count; i++)
        {
            if (!columns[i].IsNull(row))
            {
                Value(i, columns[i].Column, row);
            }
        }

        EndRow();
    }

    public void End()
    {
        Raw("</sheetData>");
        if (columns.Count > 0)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"A1:{Encoding.ASCII.GetString(letters[^1])}{written}");
            // Codes are texts of digits on purpose: Excel need not mark each of them.
            Raw($"""<autoFilter ref="{range}"/><ignoredErrors><ignoredError sqref="{range}" numberStoredAsText="1"/></ignoredErrors>""");
        }

        Raw("</worksheet>");
    }

    private void Value(int place, Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<string> c: Text(place, c.Values[row]); break;
            case ValueColumn<double> c when double.IsFinite(c.Values[row]): Number(place, c.Values[row]); break;
            case ValueColumn<float> c when float.IsFinite(c.Values[row]): Number(place, (double)(decimal)c.Values[row]); break;
            case ValueColumn<int> c when c.Property.ElementType is not EnumType: Number(place, c.Values[row]); break;
            case ValueColumn<long> c when Math.Abs((decimal)c.Values[row]) <= LargestWhole: Number(place, c.Values[row]); break;
            case ValueColumn<decimal> c when (decimal)(double)Small(c.Values[row]) == c.Values[row]: Number(place, (double)c.Values[row]); break;
            case ValueColumn<short> c: Number(place, c.Values[row]); break;
            case ValueColumn<byte> c: Number(place, c.Values[row]); break;
            case ValueColumn<sbyte> c: Number(place, c.Values[row]); break;
            case ValueColumn<bool> c: Cell(place, " t=\"b\""u8, 0); pipe.Write(c.Values[row] ? "<v>1</v></c>"u8 : "<v>0</v></c>"u8); break;
            case ValueColumn<DateOnly> c when Serial(c.Values[row].ToDateTime(default)) is { } days: Number(place, days, XlsxParts.DateStyle); break;
            case ValueColumn<DateTimeOffset> c when Serial(c.Values[row].UtcDateTime) is { } days: Number(place, days, XlsxParts.InstantStyle); break;
            case ValueColumn<TimeOnly> c: Number(place, c.Values[row].ToTimeSpan().TotalDays, XlsxParts.TimeStyle); break;
            default: Text(place, CellText.Of(column, row)); break;
        }
    }

    // Past 15 digits Excel would round: such a number stays a text.
    private static decimal Small(decimal value) => Math.Abs(value) <= LargestWhole ? value : 0.1m;

    private static double? Serial(DateTime utc)
    {
        var days = (utc - Epoch).TotalDays;
        return utc >= FirstDate && days < EndOfDates ? days : null;
    }

    private void Text(int place, string text, int style = 0)
    {
        Cell(place, " t=\"inlineStr\""u8, style);
        if (text.Length > LongestText)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"({text.Length} characters: more than a cell holds)");
        }

        var isSpaced = text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.AsSpan().IndexOfAny('\n', '\t') >= 0);
        pipe.Write(isSpaced ? "<is><t xml:space=\"preserve\">"u8 : "<is><t>"u8);
        XmlText.Write(pipe, Escaped(text));
        pipe.Write("</t></is></c>"u8);
    }

    /// <summary>What XML cannot hold as Excel escapes it (ISO/IEC 29500-1, 22.9.2.19): <c>_x0001_</c>; what looks like such an escape has its underscore escaped.</summary>
    private static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' and not ('\n' or '\t') || IsEscape(text.AsSpan(i)))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
            }
            else
            {
                escaped.Append(text[i]);
            }
        }

        return escaped.ToString();
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text is ['_', 'x', var a, var b, var c, var d, '_', ..] && char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d);

    private void Number(int place, double value, int style = 0)
    {
        Cell(place, default, style);
        pipe.Write("<v>"u8);
        pipe.Advance(ValueText.Format(value, pipe.GetSpan(ValueText.MaxBytes)));
        pipe.Write("</v></c>"u8);
    }

    private void Cell(int place, ReadOnlySpan<byte> type, int style)
    {
        pipe.Write("<c r=\""u8);
        pipe.Write(letters[place]);
        pipe.Write(rowDigits.AsSpan(0, rowDigitCount));
        pipe.Write("\""u8);
        if (style > 0)
        {
            pipe.Write([.. " s=\""u8, (byte)('0' + style), (byte)'"']);
        }

        pipe.Write(type);
        pipe.Write(">"u8);
    }

    private void BeginRow()
    {
        written++;
        rowDigitCount = ValueText.Format((long)written, rowDigits);
        pipe.Write("<row r=\""u8);
        pipe.Write(rowDigits.AsSpan(0, rowDigitCount));
        pipe.Write("\">"u8);
    }

    private void EndRow() => pipe.Write("</row>"u8);

    private void Raw(string markup) => pipe.Write(Encoding.UTF8.GetBytes(markup));

    // A, B, …, Z, AA, AB, …
    private static byte[] Letters(int place) =>
        place < 26 ? [(byte)('A' + place)] : [.. Letters((place / 26) - 1), (byte)('A' + (place % 26))];

    private static int Width(FlatColumn column, string heading, ReadOnlySpan<int> rows)
    {
        // Room for the filter's button beside the heading.
        var longest = heading.Length + 3;
        foreach (var row in rows[..Math.Min(rows.Length, RowsMeasured)])
        {
            if (!column.IsNull(row))
            {
                longest = Math.Max(longest, column.Column switch
                {
                    ValueColumn<string> c => c.Values[row].Length + 1,
                    ValueColumn<DateTimeOffset> => 20,
                    ValueColumn<DateOnly> => 11,
                    _ => Math.Min(WidestColumn, CellText.Of(column.Column, row).Length + 1),
                });
            }
        }

        return Math.Clamp(longest, NarrowestColumn, WidestColumn);
    }
}
