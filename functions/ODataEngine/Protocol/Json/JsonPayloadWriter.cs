using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// JSON being written, of which parts are encoded already: it sets the commas, so that copied bytes and fresh values can
/// follow each other in any order.
/// </summary>
/// <param name="numbersAsStrings">Whether Int64 and Decimal are written as strings (OData JSON Format 4.01, 3.2).</param>
internal sealed class JsonPayloadWriter(bool numbersAsStrings) : IDisposable
{
    // Few enough for what the lengths fetch to be there still when it is copied.
    private const int RowsPerCopy = 32;

    private readonly ChunkedBufferWriter output = new();
    private Utf8JsonWriter? json;

    // Whether something stands before the next item in the object or array that is open.
    private bool needsComma;

    /// <summary>What was written; nothing can be written after.</summary>
    public ReadOnlySequence<byte> Content => output.Content;

    private Utf8JsonWriter Writer
    {
        get
        {
            json ??= new Utf8JsonWriter(output, JsonValueWriter.WriterOptions with { SkipValidation = true });
            json.Reset();
            return json;
        }
    }

    public void Dispose() => json?.Dispose();

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        output.Clear();
        needsComma = false;
    }

    public void WriteStartObject() => WriteStart("{"u8);

    public void WriteEndObject() => WriteEnd("}"u8);

    public void WriteStartArray() => WriteStart("["u8);

    public void WriteEndArray() => WriteEnd("]"u8);

    /// <summary>An item that is encoded: a value, or a member with its name.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> item)
    {
        WriteSeparator();
        output.Write(item);
        needsComma = true;
    }

    /// <summary>Items with commas between them that are encoded and never change.</summary>
    public void WriteEncoded(ReadOnlyMemory<byte> items)
    {
        WriteSeparator();
        output.WriteReference(items);
        needsComma = true;
    }

    /// <summary>Objects of some encoded properties of rows.</summary>
    public void WriteObjects(ReadOnlySpan<EncodedColumn> columns, ReadOnlySpan<int> rows)
    {
        for (var start = 0; start < rows.Length; start += RowsPerCopy)
        {
            var slice = rows.Slice(start, Math.Min(RowsPerCopy, rows.Length - start));

            // To ask for all lengths first fetches what the copies need from all over the memory at the same time.
            var maxLength = EncodedColumn.PaddingBytes + (slice.Length * (columns.Length + 3));
            foreach (var column in columns)
            {
                maxLength += column.GetLength(slice);
            }

            WriteSeparator();
            output.Advance(CopyObjects(columns, slice, output.GetSpan(maxLength)));
            needsComma = true;
        }
    }

    private static int CopyObjects(ReadOnlySpan<EncodedColumn> columns, ReadOnlySpan<int> rows, Span<byte> buffer)
    {
        var length = 0;
        foreach (var row in rows)
        {
            buffer[length++] = (byte)'{';
            foreach (var column in columns)
            {
                length += column.CopyTo(row, buffer[length..]);
                buffer[length++] = (byte)',';
            }

            // The last comma gives way to the end.
            length -= columns.Length == 0 ? 0 : 1;
            buffer[length++] = (byte)'}';
            buffer[length++] = (byte)',';
        }

        return length - 1;
    }

    /// <summary>A member's name; its value must follow.</summary>
    public void WriteName(string name)
    {
        WriteString(name);
        output.Write(":"u8);
        needsComma = false;
    }

    public void WriteMember(string name, string value)
    {
        WriteName(name);
        WriteString(value);
    }

    /// <summary>A member that is a count: an Int64 like any other (OData JSON Format 4.01, 4.6.4).</summary>
    public void WriteMember(string name, long count)
    {
        WriteName(name);
        if (numbersAsStrings)
        {
            WriteString(count.ToString(CultureInfo.InvariantCulture));
            return;
        }

        WriteSeparator();
        var writer = Writer;
        writer.WriteNumberValue(count);
        writer.Flush();
        needsComma = true;
    }

    public void WriteString(string value)
    {
        WriteSeparator();
        var writer = Writer;
        writer.WriteStringValue(value);
        writer.Flush();
        needsComma = true;
    }

    public void WriteNull() => WriteEncoded("null"u8);

    /// <summary>A value of a primitive or enumeration type that stands in no column; null for null.</summary>
    public void WriteValue(object? value, DataType type)
    {
        WriteSeparator();
        var writer = Writer;
        JsonValueWriter.Write(writer, value, type, numbersAsStrings);
        writer.Flush();
        needsComma = true;
    }

    /// <summary>A column's value at a row, nested values as they are.</summary>
    public void WriteValue(Column column, int row)
    {
        if (numbersAsStrings && column is (ValueColumn<long> or ValueColumn<decimal>))
        {
            WriteValue(((ValueColumn)column).GetBoxedValue(row), column.Property.ElementType);
            return;
        }

        WriteSeparator();
        var writer = Writer;
        JsonValueWriter.Write(writer, column, row);
        writer.Flush();
        needsComma = true;
    }

    private void WriteStart(ReadOnlySpan<byte> token)
    {
        WriteSeparator();
        output.Write(token);
        needsComma = false;
    }

    private void WriteEnd(ReadOnlySpan<byte> token)
    {
        output.Write(token);
        needsComma = true;
    }

    private void WriteSeparator()
    {
        if (needsComma)
        {
            output.Write(","u8);
        }
    }
}
