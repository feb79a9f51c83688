namespace ODataEngine.Model;

/// <summary>Finds rows of a table by key.</summary>
internal sealed class KeyIndex
{
    private readonly Dictionary<object, int>? rowsBySingleKey;
    private readonly Dictionary<CompositeKey, int>? rowsByCompositeKey;

    /// <exception cref="ArgumentException">Two rows have the same key.</exception>
    public KeyIndex(Table table)
    {
        var parts = table.Type.Key.Select(property => (ValueColumn)table[property]).ToArray();
        if (parts.Length == 1)
        {
            rowsBySingleKey = new(table.Count);
            for (var row = 0; row < table.Count; row++)
            {
                rowsBySingleKey.Add(parts[0].GetBoxedValue(row)!, row);
            }

            return;
        }

        rowsByCompositeKey = new(table.Count);
        for (var row = 0; row < table.Count; row++)
        {
            rowsByCompositeKey.Add(new CompositeKey([.. parts.Select(part => part.GetBoxedValue(row)!)]), row);
        }
    }

    public int FindBySingleKey(object key) => rowsBySingleKey is not null && rowsBySingleKey.TryGetValue(key, out var row) ? row : -1;

    public int Find(IReadOnlyList<object> key) => rowsBySingleKey is not null
        ? key.Count == 1 ? FindBySingleKey(key[0]) : -1
        : rowsByCompositeKey!.TryGetValue(new CompositeKey([.. key]), out var row) ? row : -1;

    private readonly record struct CompositeKey(object[] Parts)
    {
        public bool Equals(CompositeKey other) => Parts.AsSpan().SequenceEqual(other.Parts);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var part in Parts)
            {
                hash.Add(part);
            }

            return hash.ToHashCode();
        }
    }
}
