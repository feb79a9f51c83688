namespace ODataEngine.Parsing.QueryTree;

/// <summary>The names and the precedence of binary operators (OData 4.01 Part 2, 5.1.1.17).</summary>
internal static class OperatorTable
{
    public const int LowestPrecedence = 1;

    /// <summary>Finds an operator by its name, ignoring case. <c>has</c> and <c>in</c> are not included: they have a higher precedence than all of these.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, out BinaryOperator op, out int precedence)
    {
        (op, precedence) = ToLower(name, stackalloc char[5]) switch
        {
            "or" => (BinaryOperator.Or, 1),
            "and" => (BinaryOperator.And, 2),
            "eq" => (BinaryOperator.Eq, 3),
            "ne" => (BinaryOperator.Ne, 3),
            "gt" => (BinaryOperator.Gt, 4),
            "ge" => (BinaryOperator.Ge, 4),
            "lt" => (BinaryOperator.Lt, 4),
            "le" => (BinaryOperator.Le, 4),
            "add" => (BinaryOperator.Add, 5),
            "sub" => (BinaryOperator.Sub, 5),
            "mul" => (BinaryOperator.Mul, 6),
            "div" => (BinaryOperator.Div, 6),
            "divby" => (BinaryOperator.DivBy, 6),
            "mod" => (BinaryOperator.Mod, 6),
            _ => (default, 0),
        };
        return precedence > 0;
    }

    /// <summary>Gets the name of an operator as in a query.</summary>
    public static string GetName(BinaryOperator op) => op.ToString().ToLowerInvariant();

    private static ReadOnlySpan<char> ToLower(ReadOnlySpan<char> name, Span<char> buffer)
    {
        if (name.Length > buffer.Length)
        {
            return [];
        }

        var length = name.ToLowerInvariant(buffer);
        return buffer[..length];
    }
}

/// <summary>The binary operators of OData 4.01 Part 2, 5.1.1.1 and 5.1.1.2.</summary>
public enum BinaryOperator
{
    Or,
    And,
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
    Add,
    Sub,
    Mul,
    Div,
    DivBy,
    Mod,
}

/// <summary>The canonical functions of OData 4.01 Part 2, 5.1.1.4 to 5.1.1.11; cast, isof and case have nodes of their own.</summary>
public enum CanonicalFunction
{
    Concat,
    Contains,
    EndsWith,
    IndexOf,
    Length,
    StartsWith,
    Substring,
    HasSubset,
    HasSubsequence,
    MatchesPattern,
    ToLower,
    ToUpper,
    Trim,
    Date,
    Day,
    FractionalSeconds,
    Hour,
    MaxDateTime,
    MinDateTime,
    Minute,
    Month,
    Now,
    Second,
    Time,
    TotalOffsetMinutes,
    TotalSeconds,
    Year,
    Ceiling,
    Floor,
    Round,
    GeoDistance,
    GeoIntersects,
    GeoLength,
}

public enum UnaryOperator
{
    Not,
    Negate,
}
