namespace ODataEngine.Parsing.Lexing;

internal enum TokenKind
{
    End,

    /// <summary>An identifier, optionally qualified with dots: <c>name</c>, <c>geo.distance</c>.</summary>
    Name,

    /// <summary><c>$it</c>, <c>$count</c>: the length includes the dollar sign.</summary>
    DollarName,

    /// <summary><c>@alias</c> or <c>@Namespace.Term</c>: the length includes the at sign.</summary>
    AtName,

    Integer,
    Decimal,
    Double,
    Guid,
    Date,
    DateTime,
    Time,

    /// <summary><c>'text'</c>, quotes included.</summary>
    String,

    /// <summary><c>duration'P1D'</c>, <c>Sales.Pattern'Yellow'</c>: a name followed directly by a string.</summary>
    PrefixedString,

    /// <summary><c>"text"</c> as in JSON, quotes included.</summary>
    JsonString,

    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Colon,
    Semicolon,
    Slash,
    EqualSign,
    Star,
    Minus,

    /// <summary>A character that no token starts with.</summary>
    Invalid,
}

/// <summary>The value of a query option: a whole string, or a part of the query option that contains it.</summary>
internal readonly record struct StringSlice(string Text, int Start, int End)
{
    public StringSlice(string text)
        : this(text, 0, text.Length)
    {
    }

    public ReadOnlySpan<char> Span => Text.AsSpan(Start, End - Start);

    public override string ToString() => Text[Start..End];
}

/// <summary>A token of a query option's value, from <paramref name="Start"/> for <paramref name="Length"/> characters.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
