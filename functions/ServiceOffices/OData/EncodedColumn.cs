using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using ServiceOffices.Evaluation;
using ServiceOffices.Indexes;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// One property of a table's rows as UTF-8 JSON with its name, <c>"name":"Torsby"</c>: what <c>$select</c> copies. Where
/// rows share values each value is encoded once: fewer bytes stay closer to the processor. A segment is encoded when
/// first asked for.
/// </summary>
internal sealed class EncodedColumn
{
    /// <summary>Bytes that the room for a copy has beyond the copy's own.</summary>
    public const int Slack = 32;

    private const int PlacesOfSegment = 1024;

    private static readonly ConditionalWeakTable<Column, EncodedColumn> Cache = [];

    private readonly Column column;
    private readonly ColumnIndex? index;
    private readonly int count;
    private readonly Segment?[] segments;

    // By the index's codes where it has fewer of them than there are rows, else by rows.
    private EncodedColumn(Column column, int rows, ColumnIndex? index)
    {
        this.column = column;
        this.index = index is not null && index.Count <= rows / 2 ? index : null;
        count = this.index?.Count ?? rows;
        segments = new Segment?[(count + PlacesOfSegment - 1) / PlacesOfSegment];
    }

    /// <param name="ordinal">A property that is no navigation, and of which no value is of a derived type.</param>
    public static EncodedColumn Of(Table table, int ordinal, Compiler compiler) => Cache.GetValue(
        table.ColumnAt(ordinal), column => new EncodedColumn(column, table.Count, IsKey(table, column) || !SharesText(column) ? null : compiler.IndexOf(table, column)));

    /// <summary>The property of a row.</summary>
    public ReadOnlySpan<byte> At(int row)
    {
        var segment = SegmentOf(row, out var place);
        return segment.Bytes.AsSpan(segment.Starts[place]..segment.Starts[place + 1]);
    }

    /// <summary>Bytes of the property of some rows together.</summary>
    public int LengthOf(ReadOnlySpan<int> rows)
    {
        var sum = 0;
        foreach (var row in rows)
        {
            var segment = SegmentOf(row, out var place);
            sum += segment.Starts[place + 1] - segment.Starts[place];
        }

        return sum;
    }

    /// <summary>Copies the property of a row; up to <see cref="Slack"/> bytes behind the copy may change too.</summary>
    /// <returns>How many bytes it has.</returns>
    public int Copy(int row, Span<byte> room)
    {
        var segment = SegmentOf(row, out var place);
        var start = segment.Starts[place];
        var length = segment.Starts[place + 1] - start;
        if (length <= Slack)
        {
            // Always as many bytes: there is no length for the processor to guess.
            Vector256.Create(segment.Bytes.AsSpan(start)).CopyTo(room);
        }
        else
        {
            segment.Bytes.AsSpan(start, length).CopyTo(room);
        }

        return length;
    }

    private Segment SegmentOf(int row, out int place)
    {
        var code = index is null ? row : index.Codes[row];
        place = code % PlacesOfSegment;
        ref var segment = ref segments[code / PlacesOfSegment];

        // Two threads may encode the same segment at first; the outcome is the same.
        return Volatile.Read(ref segment) ?? (segment = Encode(code / PlacesOfSegment));
    }

    // 2.5 equals 2.50, 0 equals -0 and one instant equals another at a different offset, but they are not written alike.
    private static bool SharesText(Column column) =>
        column.Property.Type is not PrimitiveType { Kind: PrimitiveKind.Decimal or PrimitiveKind.Double or PrimitiveKind.Single or PrimitiveKind.DateTimeOffset };

    private static bool IsKey(Table table, Column column) => table.Type.Key.Contains(column.Property);

    private Segment Encode(int number)
    {
        var from = number * PlacesOfSegment;
        var starts = new int[Math.Min(PlacesOfSegment, count - from) + 1];
        var buffer = new ArrayBufferWriter<byte>(32 * PlacesOfSegment);
        using var json = new Utf8JsonWriter(buffer, JsonValues.Options with { SkipValidation = true });
        for (var place = 0; place < starts.Length - 1; place++)
        {
            var row = index is null ? from + place : index.FirstOf(from + place);
            if (row >= 0)
            {
                json.Reset();
                json.WritePropertyName(column.Property.JsonName);
                JsonValues.Write(json, column, row);
                json.Flush();
            }

            starts[place + 1] = buffer.WrittenCount;
        }

        var bytes = new byte[buffer.WrittenCount + Slack];
        buffer.WrittenSpan.CopyTo(bytes);
        return new Segment(bytes, starts);
    }

    /// <param name="Bytes">One property after the other, then <see cref="Slack"/>.</param>
    private sealed record Segment(byte[] Bytes, int[] Starts);
}
