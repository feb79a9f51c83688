namespace ServiceOffices.Queries;

internal enum TokenKind
{
    End,

    /// <summary>An identifier, also one qualified with dots: <c>name</c>, <c>geo.distance</c>.</summary>
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

    /// <summary><c>duration'P1D'</c>, <c>Sales.Pattern'Yellow'</c>: a name and a string with nothing between them.</summary>
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

    /// <summary>A character that begins nothing.</summary>
    Invalid,
}
