using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// The rows of a table as UTF-8 JSON objects with all their properties, encoded in segments on first use and kept as long
/// as the table. Only for tables that are <see cref="Table.IsUniform"/>.
/// </summary>
internal sealed class EncodedRows
{
    // Few, so that scattered rows do not encode the whole table; enough to make a copy efficient.
    private const int RowsPerSegment = 16;

    private static readonly ConditionalWeakTable<Table, EncodedRows> Cache = [];

    private readonly Table table;
    private readonly Segment?[] segments;

    private EncodedRows(Table table)
    {
        this.table = table;
        segments = new Segment?[(table.Count + RowsPerSegment - 1) / RowsPerSegment];
    }

    public static EncodedRows GetOrCreate(Table table) => Cache.GetValue(table, static key => new EncodedRows(key));

    /// <summary>Writes the rows as items of the open array.</summary>
    public void Write(JsonPayloadWriter json, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length;)
        {
            // Consecutive rows are consecutive in their segment too.
            var (segment, end) = (GetSegment(rows[i]), i + 1);
            while (end < rows.Length && rows[end] == rows[end - 1] + 1 && rows[end] % RowsPerSegment != 0)
            {
                end++;
            }

            json.WriteEncoded(segment.Bytes.AsMemory(segment.GetStart(rows[i])..segment.GetEnd(rows[end - 1])));
            i = end;
        }
    }

    /// <summary>Gets the members of the object of a row, with commas between them; empty if it has none.</summary>
    public ReadOnlySpan<byte> GetMembers(int row)
    {
        var segment = GetSegment(row);
        return segment.Bytes.AsSpan((segment.GetStart(row) + 1)..(segment.GetEnd(row) - 1));
    }

    private Segment GetSegment(int row)
    {
        ref var segment = ref segments[row / RowsPerSegment];

        // Two threads can encode the same segment; the result is the same.
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
    /// <param name="Ends">The end of each row.</param>
    private sealed record Segment(byte[] Bytes, int[] Ends)
    {
        public int GetStart(int row) => row % RowsPerSegment == 0 ? 0 : Ends[(row % RowsPerSegment) - 1] + 1;

        public int GetEnd(int row) => Ends[row % RowsPerSegment];
    }
}

/// <summary>
/// One property of the rows of a table as UTF-8 JSON with its name (<c>"name":"Torsby"</c>), for <c>$select</c> to copy.
/// Equal values are encoded once, since fewer bytes stay in the processor's caches. Segments are encoded on first use.
/// </summary>
internal sealed class EncodedColumn
{
    /// <summary>The number of bytes that a buffer needs in addition to those of a copy.</summary>
    public const int PaddingBytes = 32;

    private const int EntriesPerSegment = 1024;

    private static readonly ConditionalWeakTable<Column, EncodedColumn> Cache = [];

    private readonly Column column;
    private readonly ColumnIndex? index;
    private readonly int count;
    private readonly Segment?[] segments;

    // One entry for each code of the index if it has far fewer codes than rows, else one for each row.
    private EncodedColumn(Column column, int rows, ColumnIndex? index)
    {
        this.column = column;
        this.index = index is not null && index.CodeCount <= rows / 2 ? index : null;
        count = this.index?.CodeCount ?? rows;
        segments = new Segment?[(count + EntriesPerSegment - 1) / EntriesPerSegment];
    }

    /// <param name="ordinal">The ordinal of a property that is no navigation property and has no values of derived types.</param>
    public static EncodedColumn GetOrCreate(Table table, int ordinal, ExpressionCompiler compiler) => Cache.GetValue(
        table.GetColumn(ordinal), column => new EncodedColumn(column, table.Count, IsKey(table, column) || !SharesEncoding(column) ? null : compiler.FindIndex(table, column)));

    /// <summary>Gets the encoded property of a row.</summary>
    public ReadOnlySpan<byte> GetMember(int row)
    {
        var segment = GetSegment(row, out var offset);
        return segment.Bytes.AsSpan(segment.Starts[offset]..segment.Starts[offset + 1]);
    }

    /// <summary>Gets the total length of the encoded property of several rows in bytes.</summary>
    public int GetLength(ReadOnlySpan<int> rows)
    {
        var sum = 0;
        foreach (var row in rows)
        {
            var segment = GetSegment(row, out var offset);
            sum += segment.Starts[offset + 1] - segment.Starts[offset];
        }

        return sum;
    }

    /// <summary>Copies the encoded property of a row; up to <see cref="PaddingBytes"/> bytes after the copy can change too.</summary>
    /// <returns>The length of the copy in bytes.</returns>
    public int CopyTo(int row, Span<byte> buffer)
    {
        var segment = GetSegment(row, out var offset);
        var start = segment.Starts[offset];
        var length = segment.Starts[offset + 1] - start;
        if (length <= PaddingBytes)
        {
            // A copy of constant length has no branch for the processor to mispredict.
            Vector256.Create(segment.Bytes.AsSpan(start)).CopyTo(buffer);
        }
        else
        {
            segment.Bytes.AsSpan(start, length).CopyTo(buffer);
        }

        return length;
    }

    private Segment GetSegment(int row, out int offset)
    {
        var code = index is null ? row : index.Codes[row];
        offset = code % EntriesPerSegment;
        ref var segment = ref segments[code / EntriesPerSegment];

        // Two threads can encode the same segment; the result is the same.
        return Volatile.Read(ref segment) ?? (segment = Encode(code / EntriesPerSegment));
    }

    // 2.5 equals 2.50, 0 equals -0 and one instant equals another at a different offset, but their JSON differs.
    private static bool SharesEncoding(Column column) =>
        column.Property.Type is not PrimitiveType { Kind: PrimitiveKind.Decimal or PrimitiveKind.Double or PrimitiveKind.Single or PrimitiveKind.DateTimeOffset };

    private static bool IsKey(Table table, Column column) => table.Type.Key.Contains(column.Property);

    private Segment Encode(int segmentIndex)
    {
        var firstEntry = segmentIndex * EntriesPerSegment;
        var starts = new int[Math.Min(EntriesPerSegment, count - firstEntry) + 1];
        var buffer = new ArrayBufferWriter<byte>(32 * EntriesPerSegment);
        using var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions with { SkipValidation = true });
        for (var offset = 0; offset < starts.Length - 1; offset++)
        {
            var row = index is null ? firstEntry + offset : index.GetFirstRow(firstEntry + offset);
            if (row >= 0)
            {
                json.Reset();
                json.WritePropertyName(column.Property.JsonName);
                JsonValueWriter.Write(json, column, row);
                json.Flush();
            }

            starts[offset + 1] = buffer.WrittenCount;
        }

        var bytes = new byte[buffer.WrittenCount + PaddingBytes];
        buffer.WrittenSpan.CopyTo(bytes);
        return new Segment(bytes, starts);
    }

    /// <param name="Bytes">The encoded properties, then <see cref="PaddingBytes"/> bytes.</param>
    private sealed record Segment(byte[] Bytes, int[] Starts);
}
