namespace ODataEngine.Model;

/// <summary>
/// An order of strings by the rules of a language (OData 4.01 Part 1, 11.2.6.2). It is a total order: two strings compare as equal only if they
/// are the same.
/// </summary>
/// <param name="language">The language tag (RFC 5646), such as <c>sv</c>.</param>
/// <param name="createSortKey">Creates the key of a string; the keys, compared by code unit, define the order.</param>
public sealed class Collation(string language, Func<string, string> createSortKey)
{
    public string Language { get; } = language;

    /// <summary>Compares two strings, and those with the same key by code unit.</summary>
    public int Compare(string left, string right) => Compare((createSortKey(left), left), (createSortKey(right), right));

    /// <summary>Gets the position of each value if all were sorted; the key of each is created once.</summary>
    internal int[] GetRanks(IReadOnlyList<string> values)
    {
        var keys = new (string Key, string Value)[values.Count];
        var order = new int[values.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = (createSortKey(values[i]), values[i]);
            order[i] = i;
        }

        Array.Sort(keys, order, Comparer<(string, string)>.Create(Compare));
        var ranks = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return ranks;
    }

    private static int Compare((string Key, string Value) left, (string Key, string Value) right) =>
        string.CompareOrdinal(left.Key, right.Key) is not 0 and var order ? order : string.CompareOrdinal(left.Value, right.Value);
}
