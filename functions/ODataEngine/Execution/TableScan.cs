using System.Buffers;
using System.Numerics;
using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Ordering;
using ODataEngine.Model;

namespace ODataEngine.Execution;

/// <summary>Reads a whole table block by block, and stops at the last requested row unless all rows must be counted or sorted.</summary>
/// <param name="filter">Null to keep every row.</param>
/// <param name="order">Null for the order of the table.</param>
internal sealed class TableScan(Table table, RowFilter? filter, RowOrder? order)
{
    // A page may be full after few rows, so the first block is small and each next one doubles.
    private const int InitialBlockRows = 512;

    /// <summary>Reads a part of the matching rows, in order.</summary>
    /// <param name="from">The index of the first row among the matching rows, from 0.</param>
    /// <param name="maxCount">The maximum number of rows.</param>
    /// <param name="countAll">True to count all matching rows.</param>
    public RowPage Read(EvaluationContext context, long from, int maxCount, bool countAll)
    {
        if (filter is null)
        {
            var (start, count) = GetRange(table.Count, from, maxCount);
            return new RowPage(order is null ? RowSet.All(table).Rows.Slice(start, count) : order.SortTable(start, count, context), table.Count);
        }

        var buffer = ArrayPool<int>.Shared.Rent(RowFilter.BlockRows);
        try
        {
            var needed = order is null ? (int)Math.Min(from + maxCount, table.Count) : table.Count;
            var (matchCount, total) = CollectMatches(ref buffer, context, needed, countAll);
            var (start, count) = GetRange(matchCount, from, maxCount);
            return new RowPage(order is null ? buffer.AsSpan(start, count).ToArray() : order.Sort(buffer.AsSpan(0, matchCount), start, count, context), countAll ? total : -1);
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

    /// <summary>Collects the first rows that the filter keeps.</summary>
    private (int MatchCount, int TotalCount) CollectMatches(ref int[] buffer, EvaluationContext context, int needed, bool countAll)
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

/// <summary>A part of the matching rows, in order.</summary>
/// <param name="TotalCount">The number of all matching rows; -1 if they were not counted.</param>
internal readonly record struct RowPage(ReadOnlyMemory<int> Rows, int TotalCount);
