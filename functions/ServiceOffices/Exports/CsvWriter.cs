using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>Writes cells and ends rows, with quotes where RFC 4180, 2.6 and 2.7, asks for them.</summary>
internal sealed class CsvWriter : IDisposable
{
    private readonly PipeWriter pipe;
    private readonly byte separator;
    private readonly SearchValues<byte> needQuotes;
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly Utf8JsonWriter json;
    private bool isFirst = true;

    /// <param name="separator">What stands between cells: an ASCII character.</param>
    public CsvWriter(PipeWriter pipe, char separator)
    {
        this.pipe = pipe;
        this.separator = (byte)separator;
        needQuotes = SearchValues.Create((byte)'"', (byte)'\r', (byte)'\n', this.separator);
        json = new Utf8JsonWriter(scratch, JsonValues.Options);
    }

    public void EndRow()
    {
        pipe.Write("\r\n"u8);
        isFirst = true;
    }

    public void Null() => Separate();

    /// <summary>A text; the empty one has quotes, which tells it from null.</summary>
    public void Text(string text)
    {
        Separate();
        var room = pipe.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        var utf8 = room[..Encoding.UTF8.GetBytes(text, room)];
        if (utf8.Length > 0 && utf8.IndexOfAny(needQuotes) < 0)
        {
            pipe.Advance(utf8.Length);
            return;
        }

        scratch.ResetWrittenCount();
        scratch.Write(utf8);
        Quote(scratch.WrittenSpan);
    }

    /// <summary>Any value but null.</summary>
    public void Value(Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<string> c: Text(c.Values[row]); break;
            case ValueColumn<double> c: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<int> c when c.Property.ElementType is not EnumType: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<long> c: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<bool> c: Separate(); pipe.Write(ValueText.Of(c.Values[row])); break;
            case ValueColumn<DateOnly> c: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<DateTimeOffset> c: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<decimal> c: Advance(ValueText.Format(c.Values[row], Room())); break;
            case ValueColumn<GeoPoint> c: Text(Wkt.Of(c.Values[row])); break;
            case ValueColumn<Geometry> c: Text(Wkt.Of(c.Values[row])); break;
            case CollectionColumn c: Json(c, row); break;
            default: Text(JsonValues.Text(column, row)!); break;
        }
    }

    public void Dispose() => json.Dispose();

    private void Json(CollectionColumn column, int row)
    {
        Separate();
        if (column.CountAt(row) == 0)
        {
            pipe.Write("[]"u8);
            return;
        }

        scratch.ResetWrittenCount();
        json.Reset();
        JsonValues.Write(json, column, row);
        json.Flush();
        if (scratch.WrittenSpan.IndexOfAny(needQuotes) < 0)
        {
            pipe.Write(scratch.WrittenSpan);
            return;
        }

        Quote(scratch.WrittenSpan);
    }

    private void Quote(ReadOnlySpan<byte> utf8)
    {
        var room = pipe.GetSpan(utf8.Length + utf8.Count((byte)'"') + 2);
        var length = 0;
        room[length++] = (byte)'"';
        foreach (var one in utf8)
        {
            room[length++] = one;
            if (one == (byte)'"')
            {
                room[length++] = one;
            }
        }

        room[length++] = (byte)'"';
        pipe.Advance(length);
    }

    private Span<byte> Room()
    {
        Separate();
        return pipe.GetSpan(ValueText.MaxBytes);
    }

    private void Advance(int bytes) => pipe.Advance(bytes);

    private void Separate()
    {
        if (!isFirst)
        {
            pipe.Write([separator]);
        }

        isFirst = false;
    }
}
