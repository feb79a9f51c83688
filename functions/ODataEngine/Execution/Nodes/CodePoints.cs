namespace ODataEngine.Execution.Nodes;

/// <summary>
/// String functions whose characters are Unicode code points: a character outside the Basic Multilingual Plane counts once, although it is two
/// chars, and is never split.
/// </summary>
internal static class CodePoints
{
    public static int Length(string value) => Count(value, value.Length);

    /// <summary>Gets the index of the first occurrence of a part, in characters; -1 if there is none.</summary>
    public static int IndexOf(string value, string part)
    {
        var index = value.IndexOf(part, StringComparison.Ordinal);
        return index < 0 ? -1 : Count(value, index);
    }

    /// <summary>Gets the result of substring(); see <see cref="SubstringRange.Get"/>.</summary>
    public static string Substring(string value, int start, int length)
    {
        var (from, count) = SubstringRange.Get(Length(value), start, length);
        if (!HasSurrogates(value))
        {
            return value.Substring(from, count);
        }

        var first = Skip(value, 0, from);
        return value[first..Skip(value, first, count)];
    }

    private static bool HasSurrogates(string value) => value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static int Count(string value, int chars)
    {
        if (!HasSurrogates(value))
        {
            return chars;
        }

        var count = 0;
        for (var i = 0; i < chars; i += GetCharCount(value, i))
        {
            count++;
        }

        return count;
    }

    private static int Skip(string value, int from, int characters)
    {
        for (; characters > 0; characters--)
        {
            from += GetCharCount(value, from);
        }

        return from;
    }

    private static int GetCharCount(string value, int index) => char.IsHighSurrogate(value[index]) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]) ? 2 : 1;
}

/// <summary>Computes the part of a string or a collection that substring() returns (OData 4.01 Part 2, 5.1.1.5.7).</summary>
internal static class SubstringRange
{
    /// <param name="start">From 0; a negative number counts from the end. A position beyond either end is that end.</param>
    /// <exception cref="ODataRequestException">400: the length is negative.</exception>
    public static (int Start, int Count) Get(int totalLength, int start, int length)
    {
        if (length < 0)
        {
            throw new ODataRequestException(400, ODataErrorCodes.InvalidArgument, $"The length of substring must not be negative; got {length}.");
        }

        var from = start < 0 ? Math.Max(0, totalLength + start) : Math.Min(start, totalLength);
        return (from, Math.Min(length, totalLength - from));
    }
}
