using System.Buffers;
using System.Numerics;
using ODataEngine.Execution.Filters;
using ODataEngine.Execution.Indexes;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Ordering;

/// <summary>Sorts by indexed columns: the codes of a row and its number form one integer to sort by.</summary>
internal sealed class IndexedOrder : RowOrder
{
    private const int BlockRows = 256;

    private readonly (ColumnIndex Index, bool Descending, int Bits)[] keys;
    private readonly int rowBits;
    private readonly Table table;

    private IndexedOrder(Table table, (ColumnIndex, bool, int)[] keys, int rowBits)
    {
        this.table = table;
        this.keys = keys;
        this.rowBits = rowBits;
    }

    /// <summary>Creates the order of <c>$orderby</c>; null if a key is not an indexed column, or the codes do not fit in one integer.</summary>
    public static IndexedOrder? Create(IndexCache indexes, Table table, Variable row, IReadOnlyList<OrderItem> items)
    {
        var keys = new (ColumnIndex, bool, int)[items.Count];
        var rowBits = GetBitCount(table.Count);
        var bits = rowBits;
        for (var i = 0; i < keys.Length; i++)
        {
            if (RowFilterCompiler.FindColumn(items[i].Expression, row, table) is not { } column || indexes.GetOrCreate(column, table.Count) is not { } index)
            {
                return null;
            }

            keys[i] = (index, items[i].Descending, GetBitCount(index.CodeCount));
            bits += keys[i].Item3;
        }

        return bits <= 64 ? new IndexedOrder(table, keys, rowBits) : null;
    }

    public override ReadOnlyMemory<int> SortTable(int from, int count, EvaluationContext context)
    {
        var (index, descending, _) = keys[0];
        if (keys.Length > 1)
        {
            return Sort(RowSet.All(table).Rows.Span, from, count, context);
        }

        return descending ? GetRowsDescending(index, from, count) : index.Rows.AsMemory(from, count);
    }

    public override ReadOnlyMemory<int> Sort(ReadOnlySpan<int> rows, int from, int count, EvaluationContext context)
    {
        if (count == 0)
        {
            return default;
        }

        var topCount = from + count;
        var isTopOnly = IsTopOnly(topCount, rows.Length);
        var buffer = ArrayPool<ulong>.Shared.Rent(isTopOnly ? topCount : 2 * rows.Length);
        try
        {
            var sorted = isTopOnly ? SortTop(rows, buffer.AsSpan(0, topCount)) : SortAll(rows, buffer);
            var part = new int[count];
            for (var i = 0; i < count; i++)
            {
                part[i] = (int)(sorted[from + i] & ((1UL << rowBits) - 1));
            }

            return part;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    private ReadOnlySpan<ulong> SortTop(ReadOnlySpan<int> rows, Span<ulong> buffer)
    {
        var best = new TopKeys(buffer);
        Span<ulong> block = stackalloc ulong[BlockRows];
        for (var from = 0; from < rows.Length; from += BlockRows)
        {
            var part = rows.Slice(from, Math.Min(BlockRows, rows.Length - from));
            SetKeys(part, block);
            foreach (var key in block[..part.Length])
            {
                best.Add(key);
            }
        }

        return best.GetSorted();
    }

    private ReadOnlySpan<ulong> SortAll(ReadOnlySpan<int> rows, Span<ulong> buffer)
    {
        var sorted = buffer[..rows.Length];
        SetKeys(rows, sorted);

        // The rows are in order of their numbers, so only the codes need sorting.
        return RadixSort.Sort(sorted, buffer.Slice(rows.Length, rows.Length), rowBits, keys.Sum(key => key.Bits));
    }

    // Null has code 0, so it comes first, in descending order last (OData 4.01 Part 1, 11.2.6.2).
    private void SetKeys(ReadOnlySpan<int> rows, Span<ulong> numbers)
    {
        numbers = numbers[..rows.Length];
        numbers.Clear();
        foreach (var (index, descending, bits) in keys)
        {
            var codes = index.Codes;
            var last = index.CodeCount - 1;
            for (var i = 0; i < numbers.Length; i++)
            {
                var code = codes[rows[i]];
                numbers[i] = (numbers[i] << bits) | (uint)(descending ? last - code : code);
            }
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (numbers[i] << rowBits) | (uint)rows[i];
        }
    }

    // The values are in descending order, but the rows of one value are in ascending order of their numbers.
    private static int[] GetRowsDescending(ColumnIndex index, int from, int count)
    {
        var part = new int[count];
        var filled = 0;
        for (var code = index.CodeCount - 1; code >= 0 && filled < count; code--)
        {
            var rows = index.Rows.AsSpan(index.Starts[code]..index.Starts[code + 1]);
            var skipCount = Math.Min(from, rows.Length);
            var takeCount = Math.Min(rows.Length - skipCount, count - filled);
            rows.Slice(skipCount, takeCount).CopyTo(part.AsSpan(filled));
            from -= skipCount;
            filled += takeCount;
        }

        return part;
    }

    private static int GetBitCount(int count) => BitOperations.Log2((uint)Math.Max(1, count)) + 1;
}
