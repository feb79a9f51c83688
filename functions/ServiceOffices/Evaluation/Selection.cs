using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ServiceOffices.Evaluation;

// The forms of a selection are one closed family, read together: they share this file.

/// <summary>
/// A condition over a whole table, 64 rows to a word: it takes out of a block of rows those for which it is not true.
/// It belongs to one request: what it has found out about a value it keeps.
/// </summary>
internal abstract class Selection
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 4096;

    private const int WordRows = 64;

    /// <summary>How dear it is for one row, to try the cheap first.</summary>
    public abstract int Cost { get; }

    /// <summary>Takes rows out of a block.</summary>
    /// <param name="words">A bit a row.</param>
    /// <param name="first">The row of the first bit.</param>
    public abstract void Narrow(Span<ulong> words, int first, int[] scope);

    /// <summary>A block of rows that all are in.</summary>
    /// <param name="words">Room for a block.</param>
    /// <returns>The words in use.</returns>
    public static Span<ulong> Full(Span<ulong> words, int rows)
    {
        var used = words[..((rows + WordRows - 1) / WordRows)];
        used.Fill(ulong.MaxValue);
        if (rows % WordRows != 0)
        {
            used[^1] = (1UL << (rows % WordRows)) - 1;
        }

        return used;
    }

    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Keeps of a block the rows for which a test is true.</summary>
    protected static void Keep<TTest>(Span<ulong> words, int first, TTest test)
        where TTest : ITest, allows ref struct
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var left = words[i]; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                if (!test.Holds(first + (i * WordRows) + bit))
                {
                    words[i] &= ~(1UL << bit);
                }
            }
        }
    }

    /// <summary>A test of one row; a structure, so that the loop over rows is compiled for each.</summary>
    protected interface ITest
    {
        bool Holds(int row);
    }
}

/// <summary>Rows whose codes are in a range, or are not.</summary>
internal sealed class CodeRange(int[] codes, int from, int to, bool negated) : Selection
{
    public override int Cost => 0;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                var inside = start + 64 <= codes.Length ? Word(start) : Rest(start);
                words[i] &= negated ? ~inside : inside;
            }
        }
    }

    private ulong Word(int start)
    {
        ref var code = ref MemoryMarshal.GetArrayDataReference(codes);
        var (least, width) = (Vector256.Create(from), Vector256.Create((uint)(to - from)));
        var word = 0UL;
        for (var i = 0; i < 64; i += Vector256<int>.Count)
        {
            var offsets = (Vector256.LoadUnsafe(ref code, (nuint)(start + i)) - least).AsUInt32();
            word |= (ulong)Vector256.LessThan(offsets, width).ExtractMostSignificantBits() << i;
        }

        return word;
    }

    private ulong Rest(int start)
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
internal sealed class CodeTruth(CodeCondition condition, int[] codes) : Selection
{
    public override int Cost => 2;

    public override void Narrow(Span<ulong> words, int first, int[] scope) => Keep(words, first, new Test(condition, codes, scope));

    private readonly struct Test(CodeCondition condition, int[] codes, int[] scope) : ITest
    {
        public bool Holds(int row) => condition.Holds(codes[row], scope);
    }
}

/// <summary>Rows that have, or have only, related rows or items for whose code a condition is true.</summary>
/// <param name="starts">By row: where its items begin.</param>
/// <param name="map">The items' rows by place; null where places are rows.</param>
internal sealed class ItemTruth(CodeCondition condition, int[] codes, int[] starts, int[]? map, bool isAll) : Selection
{
    public override int Cost => 4;

    public override void Narrow(Span<ulong> words, int first, int[] scope) => Keep(words, first, new Test(condition, codes, starts, map, isAll, scope));

    private readonly struct Test(CodeCondition condition, int[] codes, int[] starts, int[]? map, bool isAll, int[] scope) : ITest
    {
        public bool Holds(int row)
        {
            for (var place = starts[row]; place < starts[row + 1]; place++)
            {
                if (condition.Holds(codes[map is null ? place : map[place]], scope) != isAll)
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
internal sealed class ItemMask(ulong[] masks, CodeCondition condition, bool isAll) : Selection
{
    private ulong? wanted;

    public override int Cost => 1;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        var codes = wanted ??= condition.Mask(scope);
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                // With all, what matters is whether there is any other.
                var none = None(masks.AsSpan(start, Math.Min(64, masks.Length - start)), isAll ? ~codes : codes);
                words[i] &= isAll ? none : ~none;
            }
        }
    }

    /// <summary>The rows that have none of some codes.</summary>
    private static ulong None(ReadOnlySpan<ulong> masks, ulong codes)
    {
        var word = 0UL;
        var row = 0;
        for (var all = Vector256.Create(codes); row + Vector256<ulong>.Count <= masks.Length; row += Vector256<ulong>.Count)
        {
            var own = Vector256.Create(masks[row..]) & all;
            word |= (ulong)Vector256.Equals(own, Vector256<ulong>.Zero).ExtractMostSignificantBits() << row;
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
/// <param name="wanted">What a text that contains the part has at least.</param>
internal sealed class TextParts(ulong[] signatures, ulong wanted) : Selection
{
    public override int Cost => 1;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var start = first + (i * 64);
            if (words[i] != 0)
            {
                words[i] &= Having(signatures.AsSpan(start, Math.Min(64, signatures.Length - start)));
            }
        }
    }

    private ulong Having(ReadOnlySpan<ulong> part)
    {
        var word = 0UL;
        var row = 0;
        for (var all = Vector256.Create(wanted); row + Vector256<ulong>.Count <= part.Length; row += Vector256<ulong>.Count)
        {
            word |= (ulong)Vector256.Equals(Vector256.Create(part[row..]) & all, all).ExtractMostSignificantBits() << row;
        }

        for (; row < part.Length; row++)
        {
            word |= (part[row] & wanted) == wanted ? 1UL << row : 0;
        }

        return word;
    }
}

/// <summary>Rows for which a node is true; what no index serves.</summary>
internal sealed class NodeTruth(Node<bool> node, int slot, int nodes) : Selection
{
    public override int Cost => 10;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        Allowance.TakeSteps(scope, Count(words), nodes);
        Keep(words, first, new Test(node, slot, scope));
    }

    private readonly struct Test(Node<bool> node, int slot, int[] scope) : ITest
    {
        public bool Holds(int row)
        {
            scope[slot] = row;
            return node.TryGet(scope, out var held) && held;
        }
    }
}

/// <summary>Rows that a search matches.</summary>
internal sealed class SearchTruth(SearchMatcher search) : Selection
{
    public override int Cost => 8;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        Allowance.TakeSteps(scope, Count(words), 1);
        Keep(words, first, new Test(search));
    }

    private readonly struct Test(SearchMatcher search) : ITest
    {
        public bool Holds(int row) => search.Matches(row);
    }
}

/// <summary>Rows that both keep.</summary>
internal sealed class Both(Selection one, Selection two) : Selection
{
    private readonly Selection cheap = one.Cost <= two.Cost ? one : two;
    private readonly Selection dear = one.Cost <= two.Cost ? two : one;

    public override int Cost => dear.Cost;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        cheap.Narrow(words, first, scope);
        if (words.ContainsAnyExcept(0UL))
        {
            dear.Narrow(words, first, scope);
        }
    }
}

/// <summary>Rows that either keeps.</summary>
internal sealed class Either(Selection one, Selection two) : Selection
{
    public override int Cost => one.Cost + two.Cost;

    public override void Narrow(Span<ulong> words, int first, int[] scope)
    {
        Span<ulong> rest = stackalloc ulong[BlockRows / 64];
        rest = rest[..words.Length];
        words.CopyTo(rest);
        one.Narrow(words, first, scope);
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] &= ~words[i];
        }

        two.Narrow(rest, first, scope);
        for (var i = 0; i < rest.Length; i++)
        {
            words[i] |= rest[i];
        }
    }
}
