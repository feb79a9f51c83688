namespace ServiceOffices.Indexes;

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
