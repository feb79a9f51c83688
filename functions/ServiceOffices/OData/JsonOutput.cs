using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// JSON being written, of which parts are encoded already: it sets the commas, so that copied bytes and fresh values can
/// follow each other in any order.
/// </summary>
/// <param name="numbersAsText">Whether Int64 and Decimal are written as strings (OData JSON Format 4.01, 3.2).</param>
internal sealed class JsonOutput(bool numbersAsText) : IDisposable
{
    // Few enough for what the lengths fetch to be there still when it is copied.
    private const int RowsAtOnce = 32;

    private readonly ContentWriter bytes = new();
    private Utf8JsonWriter? json;

    // Whether something stands before the next item in the object or array that is open.
    private bool separate;

    /// <summary>What was written; nothing can be written after.</summary>
    public ReadOnlySequence<byte> Content => bytes.Content;

    private Utf8JsonWriter Json
    {
        get
        {
            json ??= new Utf8JsonWriter(bytes, JsonValues.Options with { SkipValidation = true });
            json.Reset();
            return json;
        }
    }

    public void Dispose() => json?.Dispose();

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        bytes.Clear();
        separate = false;
    }

    public void StartObject() => Start("{"u8);

    public void EndObject() => End("}"u8);

    public void StartArray() => Start("["u8);

    public void EndArray() => End("]"u8);

    /// <summary>An item that is encoded: a value, or a member with its name.</summary>
    public void Encoded(ReadOnlySpan<byte> item)
    {
        Separate();
        bytes.Write(item);
        separate = true;
    }

    /// <summary>Items with commas between them that are encoded and never change.</summary>
    public void Encoded(ReadOnlyMemory<byte> items)
    {
        Separate();
        bytes.Refer(items);
        separate = true;
    }

    /// <summary>Objects of some encoded properties of rows.</summary>
    public void Objects(ReadOnlySpan<EncodedColumn> columns, ReadOnlySpan<int> rows)
    {
        for (var from = 0; from < rows.Length; from += RowsAtOnce)
        {
            var part = rows.Slice(from, Math.Min(RowsAtOnce, rows.Length - from));

            // To ask for all lengths first fetches what the copies need from all over the memory at the same time.
            var most = EncodedColumn.Slack + (part.Length * (columns.Length + 3));
            foreach (var column in columns)
            {
                most += column.LengthOf(part);
            }

            Separate();
            bytes.Advance(Write(columns, part, bytes.GetSpan(most)));
            separate = true;
        }
    }

    private static int Write(ReadOnlySpan<EncodedColumn> columns, ReadOnlySpan<int> rows, Span<byte> room)
    {
        var length = 0;
        foreach (var row in rows)
        {
            room[length++] = (byte)'{';
            foreach (var column in columns)
            {
                length += column.Copy(row, room[length..]);
                room[length++] = (byte)',';
            }

            // The last comma gives way to the end.
            length -= columns.Length == 0 ? 0 : 1;
            room[length++] = (byte)'}';
            room[length++] = (byte)',';
        }

        return length - 1;
    }

    /// <summary>A member's name; its value must follow.</summary>
    public void Name(string name)
    {
        Text(name);
        bytes.Write(":"u8);
        separate = false;
    }

    public void Member(string name, string value)
    {
        Name(name);
        Text(value);
    }

    /// <summary>A member that is a count: an Int64 like any other (OData JSON Format 4.01, 4.6.4).</summary>
    public void Member(string name, long count)
    {
        Name(name);
        if (numbersAsText)
        {
            Text(count.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Separate();
        var writer = Json;
        writer.WriteNumberValue(count);
        writer.Flush();
        separate = true;
    }

    public void Text(string text)
    {
        Separate();
        var writer = Json;
        writer.WriteStringValue(text);
        writer.Flush();
        separate = true;
    }

    public void Null() => Encoded("null"u8);

    /// <summary>A value of a primitive or enumeration type that stands in no column; null for null.</summary>
    public void Value(object? value, DataType type)
    {
        Separate();
        var writer = Json;
        JsonValues.Write(writer, value, type, numbersAsText);
        writer.Flush();
        separate = true;
    }

    /// <summary>A column's value at a row, nested values as they are.</summary>
    public void Value(Column column, int row)
    {
        if (numbersAsText && column is (ValueColumn<long> or ValueColumn<decimal>))
        {
            Value(((ValueColumn)column).Boxed(row), column.Property.ElementType);
            return;
        }

        Separate();
        var writer = Json;
        JsonValues.Write(writer, column, row);
        writer.Flush();
        separate = true;
    }

    private void Start(ReadOnlySpan<byte> mark)
    {
        Separate();
        bytes.Write(mark);
        separate = false;
    }

    private void End(ReadOnlySpan<byte> mark)
    {
        bytes.Write(mark);
        separate = true;
    }

    private void Separate()
    {
        if (separate)
        {
            bytes.Write(","u8);
        }
    }
}
