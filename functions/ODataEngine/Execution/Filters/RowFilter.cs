using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ODataEngine.Execution.Nodes;

namespace ODataEngine.Execution.Filters;

// The forms of a selection are one closed family, read together: they share this file.

/// <summary>
/// A condition over a whole table, 64 rows to a word: it takes out of a block of rows those for which it is not true.
/// It belongs to one request: what it has found out about a value it keeps.
/// </summary>
internal abstract class RowFilter
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 4096;

    private const int WordRows = 64;

    /// <summary>How dear it is for one row, to try the cheap first.</summary>
    public abstract int Cost { get; }

    /// <summary>Takes rows out of a block.</summary>
    /// <param name="words">A bit a row.</param>
    /// <param name="first">The row of the first bit.</param>
    public abstract void Narrow(Span<ulong> words, int first, EvaluationContext context);

    /// <summary>A block of rows that all are in.</summary>
    /// <param name="words">Room for a block.</param>
    /// <returns>The words in use.</returns>
    public static Span<ulong> FillBlock(Span<ulong> words, int rows)
    {
        var used = words[..((rows + WordRows - 1) / WordRows)];
        used.Fill(ulong.MaxValue);
        if (rows % WordRows != 0)
        {
            used[^1] = (1UL << (rows % WordRows)) - 1;
        }

        return used;
    }

    public static int CountRows(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Keeps of a block the rows for which a test is true.</summary>
    protected static void KeepMatching<TTest>(Span<ulong> words, int first, TTest predicate)
        where TTest : IRowPredicate, allows ref struct
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var remaining = words[i]; remaining != 0; remaining &= remaining - 1)
            {
                var bit = BitOperations.TrailingZeroCount(remaining);
                if (!predicate.IsMatch(first + (i * WordRows) + bit))
                {
                    words[i] &= ~(1UL << bit);
                }
            }
        }
    }

    /// <summary>A test of one row; a structure, so that the loop over rows is compiled for each.</summary>
    protected interface IRowPredicate
    {
        bool IsMatch(int row);
    }
}

/// <summary>Rows whose codes are in a range, or are not.</summary>
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

/// <summary>Rows for whose code a condition is true.</summary>
internal sealed class CodeConditionFilter(CodeCondition condition, int[] codes) : RowFilter
{
    public override int Cost => 2;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context) => KeepMatching(words, first, new RowPredicate(condition, codes, context));

    private readonly struct RowPredicate(CodeCondition condition, int[] codes, EvaluationContext context) : IRowPredicate
    {
        public bool IsMatch(int row) => condition.IsTrue(codes[row], context);
    }
}

/// <summary>Rows that have, or have only, related rows or items for whose code a condition is true.</summary>
/// <param name="starts">By row: where its items begin.</param>
/// <param name="rowMap">The items' rows by place; null where places are rows.</param>
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

/// <summary>Rows that have, or have only, related rows or items of some codes, by the codes that each row has.</summary>
/// <param name="masks">By row: a bit for each code that an item of it has.</param>
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
                // With all, what matters is whether there is any other.
                var without = FindRowsWithout(masks.AsSpan(start, Math.Min(64, masks.Length - start)), isAll ? ~codes : codes);
                words[i] &= isAll ? without : ~without;
            }
        }
    }

    /// <summary>The rows that have none of some codes.</summary>
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

/// <summary>Rows whose text may contain a part, by the signatures of both; the others do not.</summary>
/// <param name="signatures">By row: that of its text.</param>
/// <param name="required">What a text that contains the part has at least.</param>
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

/// <summary>Rows for which a node is true; what no index serves.</summary>
internal sealed class ExpressionFilter(Node<bool> node, int slot, int nodeCount) : RowFilter
{
    public override int Cost => 10;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        context.Budget.ConsumeSteps(CountRows(words), nodeCount);
        KeepMatching(words, first, new RowPredicate(node, slot, context));
    }

    private readonly struct RowPredicate(Node<bool> node, int slot, EvaluationContext context) : IRowPredicate
    {
        public bool IsMatch(int row)
        {
            context.Rows[slot] = row;
            return node.TryGet(context, out var held) && held;
        }
    }
}

/// <summary>Rows that a search matches.</summary>
internal sealed class SearchFilter(SearchMatcher search) : RowFilter
{
    public override int Cost => 8;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        context.Budget.ConsumeSteps(CountRows(words), 1);
        KeepMatching(words, first, new RowPredicate(search));
    }

    private readonly struct RowPredicate(SearchMatcher search) : IRowPredicate
    {
        public bool IsMatch(int row) => search.Matches(row);
    }
}

/// <summary>Rows that both keep.</summary>
internal sealed class AndFilter(RowFilter left, RowFilter right) : RowFilter
{
    private readonly RowFilter cheaper = left.Cost <= right.Cost ? left : right;
    private readonly RowFilter costlier = left.Cost <= right.Cost ? right : left;

    public override int Cost => costlier.Cost;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        cheaper.Narrow(words, first, context);
        if (words.ContainsAnyExcept(0UL))
        {
            costlier.Narrow(words, first, context);
        }
    }
}

/// <summary>Rows that either keeps.</summary>
internal sealed class OrFilter(RowFilter left, RowFilter right) : RowFilter
{
    public override int Cost => left.Cost + right.Cost;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        Span<ulong> rest = stackalloc ulong[BlockRows / 64];
        rest = rest[..words.Length];
        words.CopyTo(rest);
        left.Narrow(words, first, context);
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] &= ~words[i];
        }

        right.Narrow(rest, first, context);
        for (var i = 0; i < rest.Length; i++)
        {
            words[i] |= rest[i];
        }
    }
}
