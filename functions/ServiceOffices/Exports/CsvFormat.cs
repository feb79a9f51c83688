using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// Comma-separated values (RFC 4180) in UTF-8 without a byte order mark. The rule for cells is in docs/downloads.md: a
/// value stands as its JSON without quotes, a point as WKT, null as nothing, the empty string as <c>""</c>. Nothing is
/// changed for spreadsheets' sake: a text that looks like a formula stays as it is.
/// </summary>
public sealed class CsvFormat : ExportFormat
{
    private const int FlushBytes = 64 * 1024;

    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create("\",\r\n"u8);

    public override string Name => "csv";

    public override string MediaType => "text/csv; charset=utf-8";

    public override async Task WriteAsync(RowSet rows, Stream output, CancellationToken cancellationToken)
    {
        var columns = FlatColumn.Of(rows.Table);
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: FlushBytes, leaveOpen: true));
        WriteHeader(pipe, columns);
        for (var i = 0; i < rows.Rows.Length; i++)
        {
            WriteRow(pipe, columns, rows.Rows.Span[i]);
            if (pipe.UnflushedBytes >= FlushBytes)
            {
                await pipe.FlushAsync(cancellationToken);
            }
        }

        await pipe.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    private static void WriteHeader(PipeWriter pipe, IReadOnlyList<FlatColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0)
            {
                pipe.Write(","u8);
            }

            WriteText(pipe, columns[i].Name);
        }

        pipe.Write("\r\n"u8);
    }

    private static void WriteRow(PipeWriter pipe, IReadOnlyList<FlatColumn> columns, int row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0)
            {
                pipe.Write(","u8);
            }

            if (!columns[i].IsNull(row))
            {
                WriteCell(pipe, columns[i].Column, row);
            }
            else if (columns.Count == 1)
            {
                // Readers drop a line with nothing on it, and with it the row.
                WriteText(pipe, "");
            }
        }

        pipe.Write("\r\n"u8);
    }

    private static void WriteCell(PipeWriter pipe, Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<string> c: WriteText(pipe, c.Values[row]); break;
            case ValueColumn<double> c: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<int> c when c.Property.ElementType is not EnumType: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<long> c: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<bool> c: pipe.Write(ValueText.Of(c.Values[row])); break;
            case ValueColumn<DateOnly> c: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<DateTimeOffset> c: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<decimal> c: pipe.Advance(ValueText.Format(c.Values[row], Room(pipe))); break;
            case ValueColumn<GeoPoint> c: WriteText(pipe, Wkt.Of(c.Values[row])); break;
            case ValueColumn<Geometry> c: WriteText(pipe, Wkt.Of(c.Values[row])); break;
            default: WriteText(pipe, JsonValues.Text(column, row)!); break;
        }
    }

    private static Span<byte> Room(PipeWriter pipe) => pipe.GetSpan(ValueText.MaxBytes);

    private static void WriteText(PipeWriter pipe, string text)
    {
        // A quote on each side, and in the rare worst case every byte of the text a quote to be doubled.
        var quotes = text.AsSpan().Count('"');
        var room = pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + quotes + 2);
        var utf8 = room[..Encoding.UTF8.GetBytes(text, room)];
        if (utf8.Length > 0 && utf8.IndexOfAny(NeedQuotes) < 0)
        {
            pipe.Advance(utf8.Length);
            return;
        }

        // Shifted from the end, so that no byte is overwritten before it has moved.
        var end = utf8.Length + quotes + 1;
        room[end] = (byte)'"';
        for (int from = utf8.Length - 1, to = end - 1; from >= 0; from--)
        {
            room[to--] = room[from];
            if (room[from] == (byte)'"')
            {
                room[to--] = (byte)'"';
            }
        }

        room[0] = (byte)'"';
        pipe.Advance(end + 1);
    }
}
