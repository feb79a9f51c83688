using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// One property of a table's rows as UTF-8 JSON with its name, <c>"name":"Torsby"</c>: what <c>$select</c> copies. A
/// segment of rows is encoded when first asked for.
/// </summary>
internal sealed class EncodedColumn
{
    private const int RowsOfSegment = 1024;

    private static readonly ConditionalWeakTable<Column, EncodedColumn> Cache = [];

    private readonly Column column;
    private readonly int count;
    private readonly Segment?[] segments;

    private EncodedColumn(Column column, int count)
    {
        this.column = column;
        this.count = count;
        segments = new Segment?[(count + RowsOfSegment - 1) / RowsOfSegment];
    }

    /// <param name="ordinal">A property that is no navigation, and of which no value is of a derived type.</param>
    public static EncodedColumn Of(Table table, int ordinal) => Cache.GetValue(table.ColumnAt(ordinal), column => new EncodedColumn(column, table.Count));

    /// <summary>The property of a row.</summary>
    public ReadOnlySpan<byte> At(int row)
    {
        ref var segment = ref segments[row / RowsOfSegment];

        // Two threads may encode the same segment at first; the outcome is the same.
        var known = Volatile.Read(ref segment) ?? (segment = Encode(row / RowsOfSegment));
        var place = row % RowsOfSegment;
        return known.Bytes.AsSpan(known.Starts[place]..known.Starts[place + 1]);
    }

    private Segment Encode(int number)
    {
        var from = number * RowsOfSegment;
        var starts = new int[Math.Min(RowsOfSegment, count - from) + 1];
        var buffer = new ArrayBufferWriter<byte>(32 * RowsOfSegment);
        using var json = new Utf8JsonWriter(buffer, JsonValues.Options with { SkipValidation = true });
        for (var place = 0; place < starts.Length - 1; place++)
        {
            json.Reset();
            json.WritePropertyName(column.Property.JsonName);
            JsonValues.Write(json, column, from + place);
            json.Flush();
            starts[place + 1] = buffer.WrittenCount;
        }

        return new Segment(buffer.WrittenSpan.ToArray(), starts);
    }

    private sealed record Segment(byte[] Bytes, int[] Starts);
}
