namespace ServiceOffices.Evaluation;

/// <summary>
/// Strings by characters, which are Unicode code points: one beyond the basic plane counts once, though it is two chars,
/// and is never cut in halves.
/// </summary>
internal static class Characters
{
    public static int Length(string text) => Count(text, text.Length);

    /// <summary>The character at which the first occurrence of a part begins; -1 where there is none.</summary>
    public static int IndexOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : Count(text, at);
    }

    /// <summary>What substring() takes; see <see cref="Slice.Of"/>.</summary>
    public static string Substring(string text, int start, int length)
    {
        var (from, count) = Slice.Of(Length(text), start, length);
        if (!HasPairs(text))
        {
            return text.Substring(from, count);
        }

        var first = Skip(text, 0, from);
        return text[first..Skip(text, first, count)];
    }

    private static bool HasPairs(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static int Count(string text, int chars)
    {
        if (!HasPairs(text))
        {
            return chars;
        }

        var count = 0;
        for (var i = 0; i < chars; i += Width(text, i))
        {
            count++;
        }

        return count;
    }

    private static int Skip(string text, int from, int characters)
    {
        for (; characters > 0; characters--)
        {
            from += Width(text, from);
        }

        return from;
    }

    private static int Width(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
}
