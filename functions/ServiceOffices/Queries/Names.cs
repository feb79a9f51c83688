using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>Finds properties by name, and helps who has mistyped one.</summary>
internal static class Names
{
    private const int MostListed = 25;
    private const int MostShown = 60;

    /// <summary>The property of this exact name, or null.</summary>
    public static Property? Find(StructuredType type, ReadOnlySpan<char> name)
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
    public static StructuredType? Cast(StructuredType type, ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(type.FullName))
        {
            return type;
        }

        foreach (var derived in type.DerivedTypes)
        {
            if (Cast(derived, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A client's text, short enough for a message.</summary>
    public static string Clip(ReadOnlySpan<char> text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text.ToString();

    public static string OfProperties(StructuredType type, ReadOnlySpan<char> wrong) =>
        Hint(wrong, type.Properties.Select(property => property.Name), "properties");

    /// <summary>"did you mean 'x'? properties: x, y, z".</summary>
    public static string Hint(ReadOnlySpan<char> wrong, IEnumerable<string> names, string what)
    {
        var list = names.ToList();
        var clipped = list.Count > MostListed ? string.Join(", ", list.Take(MostListed)) + ", …" : string.Join(", ", list);
        return Nearest(wrong, list) is { } nearest ? $"did you mean '{nearest}'? {what}: {clipped}" : $"{what}: {clipped}";
    }

    private static string? Nearest(ReadOnlySpan<char> wrong, List<string> names)
    {
        string? best = null;
        var least = Math.Min(2, wrong.Length / 2) + 1;
        foreach (var name in names)
        {
            var distance = wrong.Equals(name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(wrong, name, least);
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return best;
    }

    // Levenshtein's distance, row by row; names of very different length are not near.
    private static int Distance(ReadOnlySpan<char> a, string b, int enough)
    {
        if (a.Length > 128 || Math.Abs(a.Length - b.Length) >= enough)
        {
            return enough;
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
