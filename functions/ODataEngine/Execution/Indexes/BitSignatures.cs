namespace ODataEngine.Execution.Indexes;

/// <summary>
/// Computes the pairs of adjacent characters of a string, hashed to 64 bits: a string without one of the bits of a part does not contain the
/// part. A string with all of them may contain it.
/// </summary>
internal static class StringSignatures
{
    // Multiplying by the fraction of the golden ratio spreads similar pairs (Knuth, 6.4); the upper six bits are used.
    private const uint HashMultiplier = 0x9E3779B1;
    private const int HashShift = 26;

    /// <summary>Gets the bits of a string; 0 if it has fewer than two characters.</summary>
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

/// <summary>Computes the set of codes of the items of each row, one bit per code.</summary>
internal static class ItemMasks
{
    /// <summary>The number of bits of a mask.</summary>
    public const int MaxCodes = 64;

    /// <param name="codes">The code of each item.</param>
    /// <param name="starts">The start of the items of each row.</param>
    /// <param name="rowMap">The items of each row; null if they are numbered consecutively.</param>
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
