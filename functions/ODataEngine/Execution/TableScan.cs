using System.Buffers;
using System.Numerics;
using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Ordering;
using ODataEngine.Model;

namespace ODataEngine.Execution;

/// <summary>Reads a whole table block by block: no further than the rows that are shown, unless they must be counted or sorted.</summary>
/// <param name="filter">Null where every row is kept.</param>
/// <param name="order">Null for the table's own order.</param>
internal sealed class TableScan(Table table, RowFilter? filter, RowOrder? order)
{
    // Where a page may be full after few rows, blocks begin small and double.
    private const int InitialBlockRows = 512;

    /// <param name="from">The place of the first row that is shown, from 0.</param>
    /// <param name="maxCount">How many are shown at most.</param>
    /// <param name="countAll">Whether all are counted.</param>
    public RowPage Read(EvaluationContext context, long from, int maxCount, bool countAll)
    {
        if (filter is null)
        {
            var (start, shown) = GetRange(table.Count, from, maxCount);
            return new RowPage(order is null ? RowSet.All(table).Rows.Slice(start, shown) : order.SortTable(start, shown, context), table.Count);
        }

        var buffer = ArrayPool<int>.Shared.Rent(RowFilter.BlockRows);
        try
        {
            var needed = order is null ? (int)Math.Min(from + maxCount, table.Count) : table.Count;
            var (matchCount, total) = CollectMatches(ref buffer, context, needed, countAll);
            var (start, shown) = GetRange(matchCount, from, maxCount);
            return new RowPage(order is null ? buffer.AsSpan(start, shown).ToArray() : order.Sort(buffer.AsSpan(0, matchCount), start, shown, context), countAll ? total : -1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buffer);
        }
    }

    private static (int Start, int Count) GetRange(int rowCount, long from, int maxCount)
    {
        var start = (int)Math.Min(from, rowCount);
        return (start, Math.Min(maxCount, rowCount - start));
    }

    /// <summary>The first rows that the selection keeps.</summary>
    private (int Kept, int Total) CollectMatches(ref int[] buffer, EvaluationContext context, int needed, bool countAll)
    {
        Span<ulong> block = stackalloc ulong[RowFilter.BlockRows / 64];
        var (matchCount, total) = (0, 0);
        var size = countAll || needed > InitialBlockRows ? RowFilter.BlockRows : InitialBlockRows;
        for (int first = 0, rows = size; first < table.Count && (countAll || matchCount < needed); first += rows, rows = Math.Min(2 * rows, RowFilter.BlockRows))
        {
            context.Budget.CheckTime();
            var words = RowFilter.FillBlock(block, Math.Min(rows, table.Count - first));
            filter!.Narrow(words, first, context);
            total += countAll ? RowFilter.CountRows(words) : 0;
            if (matchCount >= needed)
            {
                continue;
            }

            if (buffer.Length < matchCount + RowFilter.BlockRows)
            {
                GrowBuffer(ref buffer, matchCount);
            }

            matchCount = Collect(words, first, buffer, matchCount);
        }

        return (matchCount, total);
    }

    private static int Collect(ReadOnlySpan<ulong> words, int first, int[] buffer, int matchCount)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var remaining = words[i]; remaining != 0; remaining &= remaining - 1)
            {
                buffer[matchCount++] = first + (i * 64) + BitOperations.TrailingZeroCount(remaining);
            }
        }

        return matchCount;
    }

    private static void GrowBuffer(ref int[] buffer, int matchCount)
    {
        var larger = ArrayPool<int>.Shared.Rent(2 * (matchCount + RowFilter.BlockRows));
        buffer.AsSpan(0, matchCount).CopyTo(larger);
        ArrayPool<int>.Shared.Return(buffer);
        buffer = larger;
    }
}

/// <summary>A part of the rows that a query keeps, in order.</summary>
/// <param name="TotalCount">How many rows are kept in all; -1 where that was not asked for.</param>
internal readonly record struct RowPage(ReadOnlyMemory<int> Rows, int TotalCount);
