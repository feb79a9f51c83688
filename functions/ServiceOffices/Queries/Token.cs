namespace ServiceOffices.Queries;

/// <summary>A piece of an option's text, from <paramref name="Start"/> for <paramref name="Length"/> characters.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
