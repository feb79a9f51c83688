using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ODataEngine.Formats.Geo;
using ODataEngine.Model;

namespace ODataEngine.Formats.Spreadsheets;

/// <summary>Writes cells and ends rows, with quotes where RFC 4180, 2.6 and 2.7, requires them.</summary>
internal sealed class CsvWriter : IDisposable
{
    private readonly PipeWriter pipe;
    private readonly byte separator;
    private readonly SearchValues<byte> quotedCharacters;
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly Utf8JsonWriter json;
    private bool isFirstCell = true;

    /// <param name="separator">The separator between cells, an ASCII character.</param>
    public CsvWriter(PipeWriter pipe, char separator)
    {
        this.pipe = pipe;
        this.separator = (byte)separator;
        quotedCharacters = SearchValues.Create((byte)'"', (byte)'\r', (byte)'\n', this.separator);
        json = new Utf8JsonWriter(scratch, JsonValueWriter.WriterOptions);
    }

    public void EndRow()
    {
        pipe.Write("\r\n"u8);
        isFirstCell = true;
    }

    public void WriteNull() => WriteSeparator();

    /// <summary>Writes a string. Quotes distinguish an empty string from null.</summary>
    public void WriteString(string value)
    {
        WriteSeparator();
        var destination = pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length));
        var utf8 = destination[..Encoding.UTF8.GetBytes(value, destination)];
        if (utf8.Length > 0 && utf8.IndexOfAny(quotedCharacters) < 0)
        {
            pipe.Advance(utf8.Length);
            return;
        }

        scratch.ResetWrittenCount();
        scratch.Write(utf8);
        WriteQuoted(scratch.WrittenSpan);
    }

    /// <summary>Writes a value other than null.</summary>
    public void WriteValue(Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<string> c: WriteString(c.Values[row]); break;
            case ValueColumn<double> c: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<int> c when c.Property.ElementType is not EnumType: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<long> c: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<bool> c: WriteSeparator(); pipe.Write(ValueFormatter.Format(c.Values[row])); break;
            case ValueColumn<DateOnly> c: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<DateTimeOffset> c: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<decimal> c: Advance(ValueFormatter.Format(c.Values[row], GetValueSpan())); break;
            case ValueColumn<GeoPoint> c: WriteString(WktFormatter.Format(c.Values[row])); break;
            case ValueColumn<Geometry> c: WriteString(WktFormatter.Format(c.Values[row])); break;
            case CollectionColumn c: WriteJson(c, row); break;
            default: WriteString(JsonValueWriter.Format(column, row)!); break;
        }
    }

    public void Dispose() => json.Dispose();

    private void WriteJson(CollectionColumn column, int row)
    {
        WriteSeparator();
        if (column.GetCount(row) == 0)
        {
            pipe.Write("[]"u8);
            return;
        }

        scratch.ResetWrittenCount();
        json.Reset();
        JsonValueWriter.Write(json, column, row);
        json.Flush();
        if (scratch.WrittenSpan.IndexOfAny(quotedCharacters) < 0)
        {
            pipe.Write(scratch.WrittenSpan);
            return;
        }

        WriteQuoted(scratch.WrittenSpan);
    }

    private void WriteQuoted(ReadOnlySpan<byte> utf8)
    {
        var destination = pipe.GetSpan(utf8.Length + utf8.Count((byte)'"') + 2);
        var length = 0;
        destination[length++] = (byte)'"';
        foreach (var value in utf8)
        {
            destination[length++] = value;
            if (value == (byte)'"')
            {
                destination[length++] = value;
            }
        }

        destination[length++] = (byte)'"';
        pipe.Advance(length);
    }

    private Span<byte> GetValueSpan()
    {
        WriteSeparator();
        return pipe.GetSpan(ValueFormatter.MaxBytes);
    }

    private void Advance(int bytes) => pipe.Advance(bytes);

    private void WriteSeparator()
    {
        if (!isFirstCell)
        {
            pipe.Write([separator]);
        }

        isFirstCell = false;
    }
}
