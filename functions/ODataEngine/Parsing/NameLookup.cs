using ODataEngine.Model;

namespace ODataEngine.Parsing;

/// <summary>Finds properties by name, and helps who has mistyped one.</summary>
internal static class NameLookup
{
    private const int MaxListedNames = 25;
    private const int MaxExcerptLength = 60;

    /// <summary>The property of this exact name, or null.</summary>
    public static Property? FindProperty(StructuredType type, ReadOnlySpan<char> name)
    {
        var properties = type.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (name.SequenceEqual(properties[i].Name))
            {
                return properties[i];
            }
        }

        return null;
    }

    /// <summary>What a type-cast segment of this name makes of a type: itself or one derived from it; null where the name is of neither (4.01 Part 2, 4.11).</summary>
    public static StructuredType? FindTypeCast(StructuredType type, ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(type.FullName))
        {
            return type;
        }

        foreach (var derived in type.DerivedTypes)
        {
            if (FindTypeCast(derived, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A client's text, short enough for a message.</summary>
    public static string Truncate(ReadOnlySpan<char> text) => text.Length > MaxExcerptLength ? $"{text[..MaxExcerptLength]}…" : text.ToString();

    public static string SuggestProperties(StructuredType type, ReadOnlySpan<char> unknownName) =>
        Suggest(unknownName, type.Properties.Select(property => property.Name), "properties");

    /// <summary>"did you mean 'x'? properties: x, y, z".</summary>
    public static string Suggest(ReadOnlySpan<char> unknownName, IEnumerable<string> names, string kind)
    {
        var list = names.ToList();
        var clipped = list.Count > MaxListedNames ? string.Join(", ", list.Take(MaxListedNames)) + ", …" : string.Join(", ", list);
        return FindNearest(unknownName, list) is { } nearest ? $"did you mean '{nearest}'? {kind}: {clipped}" : $"{kind}: {clipped}";
    }

    private static string? FindNearest(ReadOnlySpan<char> unknownName, List<string> names)
    {
        string? nearest = null;
        var nearestDistance = Math.Min(2, unknownName.Length / 2) + 1;
        foreach (var name in names)
        {
            var distance = unknownName.Equals(name, StringComparison.OrdinalIgnoreCase) ? 0 : GetEditDistance(unknownName, name, nearestDistance);
            if (distance < nearestDistance)
            {
                (nearest, nearestDistance) = (name, distance);
            }
        }

        return nearest;
    }

    // Levenshtein's distance, row by row; names of very different length are not near.
    private static int GetEditDistance(ReadOnlySpan<char> a, string b, int limit)
    {
        if (a.Length > 128 || Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        Span<int> row = stackalloc int[a.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            row[i] = i;
        }

        foreach (var c in b)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= a.Length; i++)
            {
                var change = diagonal + (a[i - 1] == c ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(change, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[a.Length];
    }
}
