namespace ServiceOffices.Tables;

/// <summary>Finds a row by its key.</summary>
internal sealed class KeyIndex
{
    private readonly Dictionary<object, int>? single;
    private readonly Dictionary<CompositeKey, int>? composite;

    /// <exception cref="ArgumentException">Two rows share a key.</exception>
    public KeyIndex(Table table)
    {
        var parts = table.Type.Key.Select(property => (ValueColumn)table[property]).ToArray();
        if (parts.Length == 1)
        {
            single = new(table.Count);
            for (var row = 0; row < table.Count; row++)
            {
                single.Add(parts[0].Boxed(row)!, row);
            }

            return;
        }

        composite = new(table.Count);
        for (var row = 0; row < table.Count; row++)
        {
            composite.Add(new CompositeKey([.. parts.Select(part => part.Boxed(row)!)]), row);
        }
    }

    public int FindSingle(object key) => single is not null && single.TryGetValue(key, out var row) ? row : -1;

    public int Find(IReadOnlyList<object> key) => single is not null
        ? key.Count == 1 ? FindSingle(key[0]) : -1
        : composite!.TryGetValue(new CompositeKey([.. key]), out var row) ? row : -1;

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
