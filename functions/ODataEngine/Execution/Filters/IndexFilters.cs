using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ODataEngine.Execution.Indexes;
using ODataEngine.Execution.Nodes;

namespace ODataEngine.Execution.Filters;

// The filters that compare the codes of a column index, or the masks and signatures derived from one.

/// <summary>Keeps the rows whose codes are in a range, or outside of it.</summary>
internal sealed class CodeRangeFilter(int[] codes, int from, int to, bool negated) : RowFilter
{
    public override int Cost => 0;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                var inside = start + 64 <= codes.Length ? CompareWord(start) : CompareTail(start);
                words[i] &= negated ? ~inside : inside;
            }
        }
    }

    private ulong CompareWord(int start)
    {
        ref var code = ref MemoryMarshal.GetArrayDataReference(codes);
        var (lower, width) = (Vector256.Create(from), Vector256.Create((uint)(to - from)));
        var word = 0UL;
        for (var i = 0; i < 64; i += Vector256<int>.Count)
        {
            var offsets = (Vector256.LoadUnsafe(ref code, (nuint)(start + i)) - lower).AsUInt32();
            word |= (ulong)Vector256.LessThan(offsets, width).ExtractMostSignificantBits() << i;
        }

        return word;
    }

    private ulong CompareTail(int start)
    {
        var word = 0UL;
        for (var i = start; i < codes.Length; i++)
        {
            word |= codes[i] >= from && codes[i] < to ? 1UL << (i - start) : 0;
        }

        return word;
    }
}

/// <summary>Keeps the rows for whose code a condition is true.</summary>
internal sealed class CodeConditionFilter(CodeCondition condition, int[] codes) : RowFilter
{
    public override int Cost => 2;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context) => KeepMatching(words, first, new RowPredicate(condition, codes, context));

    private readonly struct RowPredicate(CodeCondition condition, int[] codes, EvaluationContext context) : IRowPredicate
    {
        public bool IsMatch(int row) => condition.IsTrue(codes[row], context);
    }
}

/// <summary>Keeps the rows that have any, or only, items for whose code a condition is true.</summary>
/// <param name="starts">The start of the items of each row.</param>
/// <param name="rowMap">The row of each item; null if items are numbered as rows.</param>
internal sealed class ItemConditionFilter(CodeCondition condition, int[] codes, int[] starts, int[]? rowMap, bool isAll) : RowFilter
{
    public override int Cost => 4;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context) => KeepMatching(words, first, new RowPredicate(condition, codes, starts, rowMap, isAll, context));

    private readonly struct RowPredicate(CodeCondition condition, int[] codes, int[] starts, int[]? rowMap, bool isAll, EvaluationContext context) : IRowPredicate
    {
        public bool IsMatch(int row)
        {
            for (var position = starts[row]; position < starts[row + 1]; position++)
            {
                if (condition.IsTrue(codes[rowMap is null ? position : rowMap[position]], context) != isAll)
                {
                    return !isAll;
                }
            }

            return isAll;
        }
    }
}

/// <summary>Keeps the rows that have any, or only, items for whose code a condition is true, by the set of codes of each row.</summary>
/// <param name="masks">The codes of the items of each row, one bit per code.</param>
internal sealed class ItemMaskFilter(ulong[] masks, CodeCondition condition, bool isAll) : RowFilter
{
    private ulong? trueCodes;

    public override int Cost => 1;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        var codes = trueCodes ??= condition.GetTrueCodes(context);
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                // all is true if there is no item with another code.
                var without = FindRowsWithout(masks.AsSpan(start, Math.Min(64, masks.Length - start)), isAll ? ~codes : codes);
                words[i] &= isAll ? without : ~without;
            }
        }
    }

    /// <summary>Finds the rows that have none of the codes.</summary>
    private static ulong FindRowsWithout(ReadOnlySpan<ulong> masks, ulong codes)
    {
        var word = 0UL;
        var row = 0;
        for (var all = Vector256.Create(codes); row + Vector256<ulong>.Count <= masks.Length; row += Vector256<ulong>.Count)
        {
            var shared = Vector256.Create(masks[row..]) & all;
            word |= (ulong)Vector256.Equals(shared, Vector256<ulong>.Zero).ExtractMostSignificantBits() << row;
        }

        for (; row < masks.Length; row++)
        {
            word |= (masks[row] & codes) == 0 ? 1UL << row : 0;
        }

        return word;
    }
}

/// <summary>Keeps the rows whose string may contain a part, by the signatures of both. The other rows do not contain it.</summary>
/// <param name="signatures">The signature of the string of each row.</param>
/// <param name="required">The bits that every string has that contains the part.</param>
internal sealed class SignatureFilter(ulong[] signatures, ulong required) : RowFilter
{
    public override int Cost => 1;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                words[i] &= FindRowsWith(signatures.AsSpan(start, Math.Min(64, signatures.Length - start)));
            }
        }
    }

    private ulong FindRowsWith(ReadOnlySpan<ulong> blockSignatures)
    {
        var word = 0UL;
        var row = 0;
        for (var all = Vector256.Create(required); row + Vector256<ulong>.Count <= blockSignatures.Length; row += Vector256<ulong>.Count)
        {
            word |= (ulong)Vector256.Equals(Vector256.Create(blockSignatures[row..]) & all, all).ExtractMostSignificantBits() << row;
        }

        for (; row < blockSignatures.Length; row++)
        {
            word |= (blockSignatures[row] & required) == required ? 1UL << row : 0;
        }

        return word;
    }
}

/// <summary>A condition on the values of one column, evaluated once per distinct value instead of once per row.</summary>
/// <param name="slot">The slot of the variable that has the column.</param>
/// <param name="nodeCount">The number of nodes evaluated per value.</param>
internal sealed class CodeCondition(ColumnIndex index, Node<bool> node, int slot, int nodeCount)
{
    // 0 means not evaluated yet.
    private const byte No = 1;
    private const byte Yes = 2;

    private readonly byte[] results = new byte[index.CodeCount];

    public bool IsTrue(int code, EvaluationContext context) => (results[code] is not 0 and var result ? result : Evaluate(code, context)) == Yes;

    /// <summary>Gets a bit for each code for which the condition is true. Requires at most 64 codes.</summary>
    public ulong GetTrueCodes(EvaluationContext context)
    {
        var mask = 0UL;
        for (var code = 0; code < index.CodeCount; code++)
        {
            mask |= index.GetFirstRow(code) >= 0 && IsTrue(code, context) ? 1UL << code : 0;
        }

        return mask;
    }

    private byte Evaluate(int code, EvaluationContext context)
    {
        // All rows with the same value give the same result.
        context.Budget.ConsumeSteps(1, nodeCount);
        context.Rows[slot] = index.GetFirstRow(code);
        return results[code] = node.TryGet(context, out var isTrue) && isTrue ? Yes : No;
    }
}
