using ODataEngine.Parsing.Lexing;

namespace ODataEngine.Parsing;

/// <summary>
/// Splits a path at its slashes, except for those in parentheses (quoted keys and filters) and those encoded as %2F
/// (OData 4.01 Part 2, 2).
/// </summary>
internal struct PathSegmentEnumerator(string path)
{
    private int position = path.StartsWith('/') ? 1 : 0;

    public PathSegment Current { get; private set; }

    public bool MoveNext()
    {
        if (position >= path.Length)
        {
            return false;
        }

        var nameEnd = position;
        while (nameEnd < path.Length && (Lexer.IsNamePart(path[nameEnd]) || path[nameEnd] is '$' or '.'))
        {
            nameEnd++;
        }

        var end = nameEnd < path.Length && path[nameEnd] == '(' ? FindArgumentsEnd(nameEnd) : -1;
        if (end < 0)
        {
            end = path.IndexOf('/', position);
            end = end < 0 ? path.Length : end;
            nameEnd = end;
        }

        Current = CreateSegment(position, nameEnd, end);
        position = end + 1;
        return true;
    }

    /// <summary>Gets the position after the matching parenthesis if the segment ends there; otherwise -1.</summary>
    private readonly int FindArgumentsEnd(int open)
    {
        var depth = 0;
        for (var i = open; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\'':
                    i = path.IndexOf('\'', i + 1);
                    if (i < 0)
                    {
                        return -1;
                    }

                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i + 1 == path.Length || path[i + 1] == '/' ? i + 1 : -1;
            }
        }

        return -1;
    }

    private readonly PathSegment CreateSegment(int start, int nameEnd, int end)
    {
        if (path.AsSpan(start, end - start).IndexOf("%2F", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return new PathSegment(new StringSlice(path, start, end), nameEnd);
        }

        // A name contains no slash, so decoding does not change the length of the part before the arguments.
        var text = path[start..end].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return new PathSegment(new StringSlice(text), nameEnd == end ? text.Length : nameEnd - start);
    }
}

/// <summary>One segment of a path: a name, or a name and arguments in parentheses, or any string as a key.</summary>
/// <param name="Text">The whole segment.</param>
/// <param name="NameEnd">The start of the arguments, or the end.</param>
internal readonly record struct PathSegment(StringSlice Text, int NameEnd)
{
    public ReadOnlySpan<char> Name => Text.Text.AsSpan(Text.Start, NameEnd - Text.Start);

    public bool HasArguments => NameEnd < Text.End;

    /// <summary>Gets the arguments, including the parentheses.</summary>
    public StringSlice Arguments => Text with { Start = NameEnd };
}
