using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// A table's rows as UTF-8 JSON, each property's place known: encoded once for a publication, a segment of rows when
/// first asked for, and copied from then on.
/// </summary>
internal sealed class EncodedRows
{
    private const int RowsOfSegment = 256;

    private static readonly ConditionalWeakTable<Table, EncodedRows> Cache = [];

    private readonly Table table;
    private readonly int[] ordinals;
    private readonly Segment?[] segments;

    private EncodedRows(Table table)
    {
        this.table = table;
        ordinals = [.. Enumerable.Range(0, table.Type.AllProperties.Count).Where(i => !table.Type.AllProperties[i].IsNavigation)];
        segments = new Segment?[(table.Count + RowsOfSegment - 1) / RowsOfSegment];
    }

    public static EncodedRows Of(Table table) => Cache.GetValue(table, static key => new EncodedRows(key));

    /// <summary>A whole row: an object of all its values. Only for tables that are <see cref="Table.IsUniform"/>.</summary>
    public ReadOnlySpan<byte> Row(int row)
    {
        var segment = SegmentOf(row);
        var first = (row % RowsOfSegment) * (ordinals.Length + 1);
        var start = segment.Places[first] - 1;
        return segment.Bytes.AsSpan(start, segment.Places[first + ordinals.Length] - start);
    }

    /// <summary>One property of a row with its name: <c>"name":"Torsby"</c>.</summary>
    public ReadOnlySpan<byte> Property(int row, int ordinal)
    {
        var segment = SegmentOf(row);
        var place = ((row % RowsOfSegment) * (ordinals.Length + 1)) + Array.BinarySearch(ordinals, ordinal);
        var start = segment.Places[place];
        return segment.Bytes.AsSpan(start, segment.Places[place + 1] - 1 - start);
    }

    private Segment SegmentOf(int row)
    {
        ref var segment = ref segments[row / RowsOfSegment];
        // Two threads may encode the same segment at first; the outcome is the same.
        return Volatile.Read(ref segment) ?? (segment = Encode(row / RowsOfSegment));
    }

    private Segment Encode(int number)
    {
        var from = number * RowsOfSegment;
        var to = Math.Min(from + RowsOfSegment, table.Count);
        var places = new int[(to - from) * (ordinals.Length + 1)];
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer, JsonValues.Options);
        var properties = table.Type.AllProperties;
        var place = 0;
        for (var row = from; row < to; row++)
        {
            json.Reset();
            json.WriteStartObject();
            for (var i = 0; i < ordinals.Length; i++)
            {
                // A comma stands before every property but the first.
                places[place++] = buffer.WrittenCount + json.BytesPending + (i == 0 ? 0 : 1);
                json.WritePropertyName(properties[ordinals[i]].Name);
                JsonValues.Write(json, table.ColumnAt(ordinals[i]), row);
            }

            json.WriteEndObject();
            json.Flush();
            places[place++] = buffer.WrittenCount;
        }

        return new Segment(buffer.WrittenSpan.ToArray(), places);
    }

    /// <param name="Places">For each row where each property starts, then where the row ends.</param>
    private sealed record Segment(byte[] Bytes, int[] Places);
}
