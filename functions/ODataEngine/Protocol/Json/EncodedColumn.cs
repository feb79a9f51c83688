using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using ODataEngine.Execution.Compilation;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Json;

/// <summary>
/// One property of a table's rows as UTF-8 JSON with its name, <c>"name":"Torsby"</c>: what <c>$select</c> copies. Where
/// rows share values each value is encoded once: fewer bytes stay closer to the processor. A segment is encoded when
/// first asked for.
/// </summary>
internal sealed class EncodedColumn
{
    /// <summary>Bytes that the room for a copy has beyond the copy's own.</summary>
    public const int PaddingBytes = 32;

    private const int EntriesPerSegment = 1024;

    private static readonly ConditionalWeakTable<Column, EncodedColumn> Cache = [];

    private readonly Column column;
    private readonly ColumnIndex? index;
    private readonly int count;
    private readonly Segment?[] segments;

    // By the index's codes where it has fewer of them than there are rows, else by rows.
    private EncodedColumn(Column column, int rows, ColumnIndex? index)
    {
        this.column = column;
        this.index = index is not null && index.CodeCount <= rows / 2 ? index : null;
        count = this.index?.CodeCount ?? rows;
        segments = new Segment?[(count + EntriesPerSegment - 1) / EntriesPerSegment];
    }

    /// <param name="ordinal">A property that is no navigation, and of which no value is of a derived type.</param>
    public static EncodedColumn For(Table table, int ordinal, ExpressionCompiler compiler) => Cache.GetValue(
        table.GetColumn(ordinal), column => new EncodedColumn(column, table.Count, IsKey(table, column) || !SharesEncoding(column) ? null : compiler.FindIndex(table, column)));

    /// <summary>The property of a row.</summary>
    public ReadOnlySpan<byte> GetMember(int row)
    {
        var segment = GetSegment(row, out var offset);
        return segment.Bytes.AsSpan(segment.Starts[offset]..segment.Starts[offset + 1]);
    }

    /// <summary>Bytes of the property of some rows together.</summary>
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

    /// <summary>Copies the property of a row; up to <see cref="PaddingBytes"/> bytes behind the copy may change too.</summary>
    /// <returns>How many bytes it has.</returns>
    public int CopyTo(int row, Span<byte> buffer)
    {
        var segment = GetSegment(row, out var offset);
        var start = segment.Starts[offset];
        var length = segment.Starts[offset + 1] - start;
        if (length <= PaddingBytes)
        {
            // Always as many bytes: there is no length for the processor to guess.
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

        // Two threads may encode the same segment at first; the outcome is the same.
        return Volatile.Read(ref segment) ?? (segment = Encode(code / EntriesPerSegment));
    }

    // 2.5 equals 2.50, 0 equals -0 and one instant equals another at a different offset, but they are not written alike.
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

    /// <param name="Bytes">One property after the other, then <see cref="PaddingBytes"/>.</param>
    private sealed record Segment(byte[] Bytes, int[] Starts);
}
