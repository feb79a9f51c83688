namespace ServiceOffices.Portal;

/// <summary>The order of the Swedish alphabet, letter case aside: å, ä and ö come last. The machine's cultures may lack it.</summary>
internal sealed class SwedishComparer : IComparer<string?>
{
    public static readonly SwedishComparer Instance = new();

    public int Compare(string? x, string? y) => string.CompareOrdinal(GetSortKey(x), GetSortKey(y));

    private static string GetSortKey(string? name) =>
        string.Concat((name ?? "").ToLowerInvariant().Select(letter => letter switch
        {
            'å' => '\uE001',
            'ä' or 'æ' => '\uE002',
            'ö' or 'ø' => '\uE003',
            'é' or 'è' => 'e',
            'ü' => 'y',
            _ => letter,
        }));
}
