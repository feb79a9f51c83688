namespace ServiceOffices.Indexes;

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
