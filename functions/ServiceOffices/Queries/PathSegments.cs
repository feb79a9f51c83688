namespace ServiceOffices.Queries;

/// <summary>
/// Cuts a path at its slashes, but for those in parentheses: in quoted keys and in filters. %2F is a slash that cuts
/// nothing (OData 4.01 Part 2, 2).
/// </summary>
internal struct PathSegments(string path)
{
    private int position = path.StartsWith('/') ? 1 : 0;

    public PathSegment Current { get; private set; }

    public bool MoveNext()
    {
        if (position >= path.Length)
        {
            return false;
        }

        var name = position;
        while (name < path.Length && (Lexer.IsNamePart(path[name]) || path[name] is '$' or '.'))
        {
            name++;
        }

        var end = name < path.Length && path[name] == '(' ? ArgumentsEnd(name) : -1;
        if (end < 0)
        {
            end = path.IndexOf('/', position);
            end = end < 0 ? path.Length : end;
            name = end;
        }

        Current = Segment(position, name, end);
        position = end + 1;
        return true;
    }

    /// <summary>Behind the parenthesis that closes the one here, if the segment ends there; else -1.</summary>
    private readonly int ArgumentsEnd(int open)
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

    private readonly PathSegment Segment(int start, int name, int end)
    {
        if (path.AsSpan(start, end - start).IndexOf("%2F", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return new PathSegment(new TextRange(path, start, end), name);
        }

        // Names hold no slash, so what comes before the arguments stays as long as it is, unless there are none.
        var text = path[start..end].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return new PathSegment(new TextRange(text), name == end ? text.Length : name - start);
    }
}
