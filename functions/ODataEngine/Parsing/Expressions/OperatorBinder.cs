using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Binds binary operators to their operands, or explains why they do not apply.</summary>
internal static class OperatorBinder
{
    public static Expression RequireCondition(ParseContext context, Expression operand, BinaryOperator op, in Lexer lexer, Token token) => TypeRules.IsBoolean(operand)
        ? operand
        : throw context.TypeMismatchAt(lexer, token, $"'{OperatorTable.GetName(op)}' requires conditions on both sides, not {TypeRules.DescribeType(operand)}.{OperatorHints.Describe(lexer)}");

    /// <summary>Joins conditions with <c>and</c> or <c>or</c>, from left to right.</summary>
    public static Expression BindChain(BinaryOperator op, List<Expression> operands)
    {
        var tree = operands[0];
        for (var i = 1; i < operands.Count; i++)
        {
            tree = new BinaryExpression(op, tree, operands[i], PrimitiveType.Boolean);
        }

        return tree;
    }

    // A method of its own, so that short chains do not allocate the closure.
    public static Expression BindBalancedChain(BinaryOperator op, List<Expression> operands) =>
        BalancedTree.Create(operands, (left, right) => new BinaryExpression(op, left, right, PrimitiveType.Boolean));

    public static BinaryExpression BindComparison(ParseContext context, BinaryOperator op, Expression left, Expression right, in Lexer lexer, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!TypeRules.TryAlignTypes(ref left, ref right))
        {
            throw context.TypeMismatchAt(lexer, token, $"'{OperatorTable.GetName(op)}' cannot compare {TypeRules.DescribeType(leftBefore)} with {TypeRules.DescribeType(rightBefore)}.{ExplainMismatch(leftBefore, rightBefore, lexer, token)}");
        }

        var either = left.Type ?? right.Type;
        var needsOrder = op is not (BinaryOperator.Eq or BinaryOperator.Ne);
        if ((needsOrder && !TypeRules.IsOrdered(either))
            || (either is PrimitiveType && !TypeRules.IsOrdered(either) && !TypeRules.IsNull(left) && !TypeRules.IsNull(right)))
        {
            throw context.TypeMismatchAt(lexer, token, $"'{OperatorTable.GetName(op)}' does not apply to {either!.DisplayName}.");
        }

        if (!needsOrder)
        {
            CheckCase(context, left, right, lexer, token);
        }

        return new BinaryExpression(op, left, right, PrimitiveType.Boolean);
    }

    // A code in other case never matches; without an error the result would be empty for no visible reason.
    private static void CheckCase(ParseContext context, Expression left, Expression right, in Lexer lexer, Token token)
    {
        if (left is not PropertyAccess { Property: { AllowedValues.Count: > 0 } property } || right is not Literal { Value: string text })
        {
            return;
        }

        string? intended = null;
        foreach (var allowed in property.AllowedValues)
        {
            if (allowed.Value.Equals(text, StringComparison.Ordinal))
            {
                return;
            }

            intended = allowed.Value.Equals(text, StringComparison.OrdinalIgnoreCase) ? allowed.Value : intended;
        }

        if (intended is not null)
        {
            throw context.TypeMismatchAt(lexer, token, $"'{ODataErrors.Truncate(text)}' is not a value of '{property.Name}'. Did you mean '{intended}'?");
        }
    }

    // Explains the allowed values of a constant.
    private static string ExplainMismatch(Expression left, Expression right, in Lexer lexer, Token token) => (left, right) switch
    {
        (Literal { Value: string text }, { Type: { } type }) => ExplainConstant(text, type),
        ({ Type: StructuredType type }, Literal) when FindComparable(type) is { } comparable =>
            $" Compare one of its properties, such as {(left is PropertyAccess access ? access.Property.Name + "/" : "")}{comparable}.",
        ({ Type: { } type }, Literal { Value: string text }) => ExplainConstant(text, type),
        ({ Type: PrimitiveType { Kind: PrimitiveKind.String } }, Literal { Type: PrimitiveType { IsNumeric: true } }) =>
            $" Write strings in single quotes: '{lexer.Text.AsSpan(token.End, lexer.Current.Start - token.End).Trim()}'.",
        ({ Type: PrimitiveType { Kind: PrimitiveKind.String } }, Literal) or (Literal, { Type: PrimitiveType { Kind: PrimitiveKind.String } }) =>
            " Write strings in single quotes.",
        _ => "",
    };

    private static string? FindComparable(StructuredType type) =>
        (type.Find("name") ?? type.Properties.FirstOrDefault(property => property.Type is PrimitiveType { Kind: PrimitiveKind.String }))?.Name;

    public static string ExplainConstant(string text, DataType type) => type switch
    {
        EnumType enumeration => $" '{ODataErrors.Truncate(text)}' is not a member of {type.DisplayName}. Members: {string.Join(", ", enumeration.Members.Select(member => member.Name))}.",
        PrimitiveType { IsNumeric: true } => " Write numbers without quotes.",
        PrimitiveType { Kind: PrimitiveKind.Duration } => $" '{ODataErrors.Truncate(text)}' is not a valid {type.DisplayName}; write days, hours, minutes and seconds as in P1DT2H30M5.5S.",
        PrimitiveType { Kind: not (PrimitiveKind.String or PrimitiveKind.Boolean) } => $" '{ODataErrors.Truncate(text)}' is not a valid {type.DisplayName}.",
        _ => "",
    };

    public static Expression BindArithmetic(ParseContext context, BinaryOperator op, Expression left, Expression right, in Lexer lexer, Token token)
    {
        var (leftBefore, rightBefore) = (left, right);
        if (!ArithmeticRules.TryBind(op, ref left, ref right, out var result))
        {
            throw context.TypeMismatchAt(lexer, token, $"'{OperatorTable.GetName(op)}' is not defined for {TypeRules.DescribeType(leftBefore)} and {TypeRules.DescribeType(rightBefore)}.");
        }

        return result is null ? TypeRules.NullLiteral : new BinaryExpression(op, left, right, result);
    }
}
