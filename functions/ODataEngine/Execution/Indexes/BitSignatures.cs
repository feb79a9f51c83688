namespace ODataEngine.Execution.Indexes;

/// <summary>
/// Which pairs of neighbouring characters a text has, a bit for each of 64 kinds of pairs: a text that lacks a bit of a part
/// does not contain the part. One that has them all must still be looked at.
/// </summary>
internal static class StringSignatures
{
    // Multiplying by the golden ratio's fraction spreads pairs that differ little (Knuth, 6.4); the upper six bits are left.
    private const uint HashMultiplier = 0x9E3779B1;
    private const int HashShift = 26;

    /// <summary>The bits of a text; none where it has fewer than two characters.</summary>
    public static ulong Compute(ReadOnlySpan<char> value)
    {
        var bits = 0UL;
        for (var i = 1; i < value.Length; i++)
        {
            var pair = ((uint)value[i - 1] << 16) | value[i];
            bits |= 1UL << (int)((pair * HashMultiplier) >> HashShift);
        }

        return bits;
    }
}

/// <summary>Which of a few codes the items of each row have, a bit a code.</summary>
internal static class ItemMasks
{
    /// <summary>As many as a word has bits.</summary>
    public const int MaxCodes = 64;

    /// <param name="codes">By item: its code.</param>
    /// <param name="starts">By row: where its items begin.</param>
    /// <param name="rowMap">The items by place; null where places are items.</param>
    public static ulong[] Create(int[] codes, int[] starts, int[]? rowMap)
    {
        var masks = new ulong[starts.Length - 1];
        for (var row = 0; row < masks.Length; row++)
        {
            for (var position = starts[row]; position < starts[row + 1]; position++)
            {
                masks[row] |= 1UL << codes[rowMap is null ? position : rowMap[position]];
            }
        }

        return masks;
    }
}
