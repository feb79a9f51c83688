using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ODataEngine.Execution;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// Writes JSON from encoded parts and new values in any order, with the commas between them.
/// </summary>
/// <param name="numbersAsStrings">True to write Int64 and Decimal as strings (OData JSON Format 4.01, 3.2).</param>
/// <param name="budget">Limits the memory of the written JSON.</param>
internal sealed class JsonPayloadWriter(bool numbersAsStrings, QueryBudget budget) : IDisposable
{
    // Few enough for the data that the lengths load to be in the processor's caches when it is copied.
    private const int RowsPerCopy = 32;

    private readonly ChunkedBufferWriter output = new(budget);
    private Utf8JsonWriter? json;

    // True after the first item of the open object or array.
    private bool needsComma;

    /// <summary>The written JSON. Nothing can be written after this is read.</summary>
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

    /// <summary>Discards the written JSON.</summary>
    public void Clear()
    {
        output.Clear();
        needsComma = false;
    }

    public void WriteStartObject() => WriteStart("{"u8);

    public void WriteEndObject() => WriteEnd("}"u8);

    public void WriteStartArray() => WriteStart("["u8);

    public void WriteEndArray() => WriteEnd("]"u8);

    /// <summary>Writes an encoded item: a value, or a member with its name.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> item)
    {
        WriteSeparator();
        output.Write(item);
        needsComma = true;
    }

    /// <summary>Writes encoded items with commas between them, whose bytes never change.</summary>
    public void WriteEncoded(ReadOnlyMemory<byte> items)
    {
        WriteSeparator();
        output.WriteReference(items);
        needsComma = true;
    }

    /// <summary>Writes an object of encoded properties for each row.</summary>
    public void WriteObjects(ReadOnlySpan<EncodedColumn> columns, ReadOnlySpan<int> rows)
    {
        for (var start = 0; start < rows.Length; start += RowsPerCopy)
        {
            var slice = rows.Slice(start, Math.Min(RowsPerCopy, rows.Length - start));

            // Reading all lengths first loads the data of the copies into the caches in parallel.
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

            // The end of the object replaces the last comma.
            length -= columns.Length == 0 ? 0 : 1;
            buffer[length++] = (byte)'}';
            buffer[length++] = (byte)',';
        }

        return length - 1;
    }

    /// <summary>Writes the name of a member; its value must follow.</summary>
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

    /// <summary>Writes a count, which has the format of an Int64 (OData JSON Format 4.01, 4.5.4).</summary>
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

    /// <summary>Writes a value of a primitive or enumeration type that is not in a column.</summary>
    public void WriteValue(object? value, DataType type)
    {
        WriteSeparator();
        var writer = Writer;
        JsonValueWriter.Write(writer, value, type, numbersAsStrings);
        writer.Flush();
        needsComma = true;
    }

    /// <summary>Writes the value of a column at a row, with all nested values.</summary>
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
