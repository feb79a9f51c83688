using System.Numerics;
using ODataEngine.Execution.Nodes;
using ODataEngine.Model;

namespace ODataEngine.Execution.Filters;

// The base class of all filters, and the filters that need no index; those that do are in IndexFilters.cs.

/// <summary>
/// A condition over a whole table, with a bit per row: it clears the bits of the rows of a block for which it is not true. A filter belongs to
/// one request, because it may keep results.
/// </summary>
internal abstract class RowFilter
{
    /// <summary>The maximum number of rows of a block.</summary>
    public const int BlockRows = 4096;

    private const int WordRows = 64;

    /// <summary>Gets the relative cost per row; the cheaper of two filters runs first.</summary>
    public abstract int Cost { get; }

    /// <summary>Clears the bits of the rows for which the condition is not true.</summary>
    /// <param name="words">One bit per row.</param>
    /// <param name="first">The row of the first bit.</param>
    public abstract void Narrow(Span<ulong> words, int first, EvaluationContext context);

    /// <summary>Sets the bits of all rows of a block.</summary>
    /// <param name="words">A buffer for a whole block.</param>
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

    /// <summary>Clears the bits of the rows for which the predicate is not true.</summary>
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

    /// <summary>A test of one row; implemented by structures, so that the JIT compiles the loop over rows for each of them.</summary>
    protected interface IRowPredicate
    {
        bool IsMatch(int row);
    }
}

/// <summary>Keeps the rows that both filters keep.</summary>
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

/// <summary>Keeps the rows that either filter keeps.</summary>
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

/// <summary>Keeps the rows for which a node is true, for conditions that no index supports.</summary>
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
            return node.TryGet(context, out var isTrue) && isTrue;
        }
    }
}

/// <summary>Keeps the rows that a search matches.</summary>
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

/// <summary>Keeps the rows whose point is closer to the center than a maximum distance.</summary>
/// <param name="inclusive">True to keep rows at exactly the maximum distance.</param>
internal sealed class DistanceFilter(ValueColumn<GeoPoint> points, GeoPoint center, double maxMetres, bool inclusive) : RowFilter
{
    public override int Cost => 5;

    public override void Narrow(Span<ulong> words, int first, EvaluationContext context)
    {
        context.Budget.ConsumeSteps(CountRows(words), 1);
        KeepMatching(words, first, new RowPredicate(this));
    }

    private bool IsWithinDistance(int row)
    {
        if (!points.TryGet(row, out var point) || Geodesy.GetMinDistanceMetres(point, center) > maxMetres)
        {
            return false;
        }

        var distance = Geodesy.GetDistanceMetres(point, center);
        return inclusive ? distance <= maxMetres : distance < maxMetres;
    }

    private readonly struct RowPredicate(DistanceFilter filter) : IRowPredicate
    {
        public bool IsMatch(int row) => filter.IsWithinDistance(row);
    }
}
