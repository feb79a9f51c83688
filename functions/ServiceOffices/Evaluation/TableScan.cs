using System.Buffers;
using System.Numerics;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>Reads a whole table block by block: no further than the rows that are shown, unless they must be counted or sorted.</summary>
/// <param name="selection">Null where every row is kept.</param>
/// <param name="order">Null for the table's own order.</param>
internal sealed class TableScan(Table table, Selection? selection, RowOrder? order)
{
    // Where a page may be full after few rows, blocks begin small and double.
    private const int FirstRows = 512;

    /// <param name="from">The place of the first row that is shown, from 0.</param>
    /// <param name="most">How many are shown at most.</param>
    /// <param name="count">Whether all are counted.</param>
    public Window Read(int[] scope, long from, int most, bool count)
    {
        if (selection is null)
        {
            var (start, shown) = Part(table.Count, from, most);
            return new Window(order is null ? RowSet.All(table).Rows.Slice(start, shown) : order.OfTable(start, shown, scope), table.Count);
        }

        var room = ArrayPool<int>.Shared.Rent(Selection.BlockRows);
        try
        {
            var needed = order is null ? (int)Math.Min(from + most, table.Count) : table.Count;
            var (kept, total) = Select(ref room, scope, needed, count);
            var (start, shown) = Part(kept, from, most);
            return new Window(order is null ? room.AsSpan(start, shown).ToArray() : order.Of(room.AsSpan(0, kept), start, shown, scope), count ? total : -1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(room);
        }
    }

    private static (int Start, int Count) Part(int rows, long from, int most)
    {
        var start = (int)Math.Min(from, rows);
        return (start, Math.Min(most, rows - start));
    }

    /// <summary>The first rows that the selection keeps.</summary>
    private (int Kept, int Total) Select(ref int[] room, int[] scope, int needed, bool count)
    {
        Span<ulong> block = stackalloc ulong[Selection.BlockRows / 64];
        var (kept, total) = (0, 0);
        var size = count || needed > FirstRows ? Selection.BlockRows : FirstRows;
        for (int first = 0, rows = size; first < table.Count && (count || kept < needed); first += rows, rows = Math.Min(2 * rows, Selection.BlockRows))
        {
            Allowance.CheckTime(scope);
            var words = Selection.Full(block, Math.Min(rows, table.Count - first));
            selection!.Narrow(words, first, scope);
            total += count ? Selection.Count(words) : 0;
            if (kept >= needed)
            {
                continue;
            }

            if (room.Length < kept + Selection.BlockRows)
            {
                Grow(ref room, kept);
            }

            kept = Collect(words, first, room, kept);
        }

        return (kept, total);
    }

    private static int Collect(ReadOnlySpan<ulong> words, int first, int[] room, int kept)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var left = words[i]; left != 0; left &= left - 1)
            {
                room[kept++] = first + (i * 64) + BitOperations.TrailingZeroCount(left);
            }
        }

        return kept;
    }

    private static void Grow(ref int[] room, int kept)
    {
        var larger = ArrayPool<int>.Shared.Rent(2 * (kept + Selection.BlockRows));
        room.AsSpan(0, kept).CopyTo(larger);
        ArrayPool<int>.Shared.Return(room);
        room = larger;
    }
}
