namespace ServiceOffices.Queries;

/// <summary>The names of binary operators in any case, and how tightly they bind (OData 4.01 Part 2, 5.1.1.17).</summary>
internal static class OperatorTable
{
    public const int LowestPrecedence = 1;

    /// <summary>False where the name is no operator that stands between two expressions; <c>has</c> and <c>in</c> bind tighter than any of these.</summary>
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
