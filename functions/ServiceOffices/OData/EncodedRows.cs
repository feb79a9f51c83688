using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// A table's rows as UTF-8 JSON objects of all their values: encoded once for a publication, a few rows when one of them
/// is first asked for, and sent from there on. Only for tables that are <see cref="Table.IsUniform"/>.
/// </summary>
internal sealed class EncodedRows
{
    // Few, so that rows here and there do not encode the whole table; enough for one copy to be worth its while.
    private const int RowsOfSegment = 16;

    private static readonly ConditionalWeakTable<Table, EncodedRows> Cache = [];

    private readonly Table table;
    private readonly Segment?[] segments;

    private EncodedRows(Table table)
    {
        this.table = table;
        segments = new Segment?[(table.Count + RowsOfSegment - 1) / RowsOfSegment];
    }

    public static EncodedRows Of(Table table) => Cache.GetValue(table, static key => new EncodedRows(key));

    /// <summary>The rows as items of the array that is open.</summary>
    public void Write(JsonOutput json, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length;)
        {
            // Rows that follow each other stand so in their segment too.
            var (segment, last) = (SegmentOf(rows[i]), i + 1);
            while (last < rows.Length && rows[last] == rows[last - 1] + 1 && rows[last] % RowsOfSegment != 0)
            {
                last++;
            }

            json.Encoded(segment.Bytes.AsMemory(segment.StartOf(rows[i])..segment.EndOf(rows[last - 1])));
            i = last;
        }
    }

    /// <summary>The members of a row's object, with commas between them; empty where it has none.</summary>
    public ReadOnlySpan<byte> Members(int row)
    {
        var segment = SegmentOf(row);
        return segment.Bytes.AsSpan((segment.StartOf(row) + 1)..(segment.EndOf(row) - 1));
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
        var ends = new int[Math.Min(RowsOfSegment, table.Count - from)];
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, JsonValues.Options);
        for (var place = 0; place < ends.Length; place++)
        {
            if (place > 0)
            {
                buffer.Write(","u8);
            }

            json.Reset();
            JsonValues.WriteObject(json, table, from + place);
            json.Flush();
            ends[place] = buffer.WrittenCount;
        }

        return new Segment(buffer.WrittenSpan.ToArray(), ends);
    }

    /// <param name="Bytes">The rows with commas between them.</param>
    /// <param name="Ends">Where each ends.</param>
    private sealed record Segment(byte[] Bytes, int[] Ends)
    {
        public int StartOf(int row) => row % RowsOfSegment == 0 ? 0 : Ends[(row % RowsOfSegment) - 1] + 1;

        public int EndOf(int row) => Ends[row % RowsOfSegment];
    }
}
