using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// A table's rows as UTF-8 JSON objects of all their values: encoded once for a publication, a few rows when one of them
/// is first asked for, and sent from there on. Only for tables that are <see cref="Table.IsUniform"/>.
/// </summary>
internal sealed class EncodedRows
{
    // Few, so that rows here and there do not encode the whole table; enough for one copy to be worth its while.
    private const int RowsPerSegment = 16;

    private static readonly ConditionalWeakTable<Table, EncodedRows> Cache = [];

    private readonly Table table;
    private readonly Segment?[] segments;

    private EncodedRows(Table table)
    {
        this.table = table;
        segments = new Segment?[(table.Count + RowsPerSegment - 1) / RowsPerSegment];
    }

    public static EncodedRows For(Table table) => Cache.GetValue(table, static key => new EncodedRows(key));

    /// <summary>The rows as items of the array that is open.</summary>
    public void Write(JsonPayloadWriter json, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length;)
        {
            // Rows that follow each other stand so in their segment too.
            var (segment, end) = (GetSegment(rows[i]), i + 1);
            while (end < rows.Length && rows[end] == rows[end - 1] + 1 && rows[end] % RowsPerSegment != 0)
            {
                end++;
            }

            json.WriteEncoded(segment.Bytes.AsMemory(segment.GetStart(rows[i])..segment.GetEnd(rows[end - 1])));
            i = end;
        }
    }

    /// <summary>The members of a row's object, with commas between them; empty where it has none.</summary>
    public ReadOnlySpan<byte> GetMembers(int row)
    {
        var segment = GetSegment(row);
        return segment.Bytes.AsSpan((segment.GetStart(row) + 1)..(segment.GetEnd(row) - 1));
    }

    private Segment GetSegment(int row)
    {
        ref var segment = ref segments[row / RowsPerSegment];

        // Two threads may encode the same segment at first; the outcome is the same.
        return Volatile.Read(ref segment) ?? (segment = Encode(row / RowsPerSegment));
    }

    private Segment Encode(int segmentIndex)
    {
        var firstRow = segmentIndex * RowsPerSegment;
        var ends = new int[Math.Min(RowsPerSegment, table.Count - firstRow)];
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions);
        for (var offset = 0; offset < ends.Length; offset++)
        {
            if (offset > 0)
            {
                buffer.Write(","u8);
            }

            json.Reset();
            JsonValueWriter.WriteObject(json, table, firstRow + offset);
            json.Flush();
            ends[offset] = buffer.WrittenCount;
        }

        return new Segment(buffer.WrittenSpan.ToArray(), ends);
    }

    /// <param name="Bytes">The rows with commas between them.</param>
    /// <param name="Ends">Where each ends.</param>
    private sealed record Segment(byte[] Bytes, int[] Ends)
    {
        public int GetStart(int row) => row % RowsPerSegment == 0 ? 0 : Ends[(row % RowsPerSegment) - 1] + 1;

        public int GetEnd(int row) => Ends[row % RowsPerSegment];
    }
}
