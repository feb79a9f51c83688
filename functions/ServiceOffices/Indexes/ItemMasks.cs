namespace ServiceOffices.Indexes;

/// <summary>Which of a few codes the items of each row have, a bit a code.</summary>
internal static class ItemMasks
{
    /// <summary>As many as a word has bits.</summary>
    public const int MostCodes = 64;

    /// <param name="codes">By item: its code.</param>
    /// <param name="starts">By row: where its items begin.</param>
    /// <param name="map">The items by place; null where places are items.</param>
    public static ulong[] Of(int[] codes, int[] starts, int[]? map)
    {
        var masks = new ulong[starts.Length - 1];
        for (var row = 0; row < masks.Length; row++)
        {
            for (var place = starts[row]; place < starts[row + 1]; place++)
            {
                masks[row] |= 1UL << codes[map is null ? place : map[place]];
            }
        }

        return masks;
    }
}
