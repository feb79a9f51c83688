using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>The operand and result types of arithmetic operators (OData 4.01 Part 2, 5.1.1.2 and 5.1.1.18).</summary>
internal static class ArithmeticRules
{
    /// <summary>Converts the operands and determines the result type; returns false if the operator does not apply.</summary>
    public static bool TryBind(BinaryOperator op, ref Expression left, ref Expression right, out DataType? result)
    {
        left = ToTemporalLiteral(left, right, op);
        right = ToTemporalLiteral(right, left, op);
        result = null;
        if (TypeRules.IsNull(left) || TypeRules.IsNull(right))
        {
            // The result is null, but the other operand must still be valid.
            var other = TypeRules.IsNull(left) ? right : left;
            result = other.Type;
            return TypeRules.IsNull(other) || other.IsNumeric || IsTemporal(other);
        }

        if (left.IsNumeric && right.IsNumeric)
        {
            var kind = TypeRules.GetWiderKind(TypeRules.GetKind(left), TypeRules.GetKind(right));
            kind = op == BinaryOperator.DivBy
                ? GetQuotientKind(kind, right)
                : TypeRules.GetPromotionRank(kind) < TypeRules.GetPromotionRank(PrimitiveKind.Int32) ? PrimitiveKind.Int32 : kind;
            var operands = PrimitiveType.Get(kind);
            result = CanExceedInt32(op, kind) ? PrimitiveType.Int64 : operands;
            left = TypeRules.Promote(left, operands);
            right = TypeRules.Promote(right, operands);
            return true;
        }

        if (left.Type is not PrimitiveType || right.Type is not PrimitiveType)
        {
            return false;
        }

        return op switch
        {
            BinaryOperator.Add => TryAdd(left, right, out result),
            BinaryOperator.Sub => TrySubtract(ref left, ref right, out result),
            BinaryOperator.Mul or BinaryOperator.Div or BinaryOperator.DivBy => TryScale(op, ref left, ref right, out result),
            _ => false,
        };
    }

    // OData 4.0 Part 2, 5.1.1.9, promotes a result that does not fit to the next wider type, and 4.01 leaves it to the service. Types do not depend
    // on values here, so the result is always the type that holds every result.
    private static bool CanExceedInt32(BinaryOperator op, PrimitiveKind operands) =>
        operands == PrimitiveKind.Int32 && op is (BinaryOperator.Add or BinaryOperator.Sub or BinaryOperator.Mul);

    // divby zero is INF, -INF or NaN (5.1.1.2.5), which no CLR decimal can represent: only a constant divisor other than zero keeps decimals.
    private static PrimitiveKind GetQuotientKind(PrimitiveKind operands, Expression divisor) =>
        operands is PrimitiveKind.Single or PrimitiveKind.Double || divisor is not Literal { Value: { } value } || NumericConversion.Convert(value, PrimitiveKind.Decimal) is null or 0m
            ? PrimitiveKind.Double
            : PrimitiveKind.Decimal;

    private static bool TryAdd(Expression left, Expression right, out DataType? result)
    {
        result = left.Type;
        return right.Is(PrimitiveKind.Duration) && IsTemporal(left);
    }

    private static bool TrySubtract(ref Expression left, ref Expression right, out DataType? result)
    {
        result = left.Type;
        if (right.Is(PrimitiveKind.Duration) && IsTemporal(left))
        {
            return true;
        }

        result = PrimitiveType.Duration;
        return IsTemporal(left) && !left.Is(PrimitiveKind.Duration) && IsTemporal(right) && TypeRules.TryAlignTypes(ref left, ref right);
    }

    // The factor of a duration is a double.
    private static bool TryScale(BinaryOperator op, ref Expression left, ref Expression right, out DataType? result)
    {
        result = PrimitiveType.Duration;
        if (left.Is(PrimitiveKind.Duration) && right.IsNumeric)
        {
            right = TypeRules.Promote(right, PrimitiveType.Double);
            return true;
        }

        if (op == BinaryOperator.Mul && left.IsNumeric && right.Is(PrimitiveKind.Duration))
        {
            left = TypeRules.Promote(left, PrimitiveType.Double);
            return true;
        }

        return false;
    }

    private static bool IsTemporal(Expression expression) =>
        expression.Type is PrimitiveType { Kind: PrimitiveKind.DateTimeOffset or PrimitiveKind.Date or PrimitiveKind.Duration };

    // now() sub 'P1D': in arithmetic a string can only be a time or a duration without its prefix (5.1.1.14.1).
    private static Expression ToTemporalLiteral(Expression expression, Expression other, BinaryOperator op)
    {
        if (expression is not Literal { Value: string text })
        {
            return expression;
        }

        if (LiteralReader.ReadDuration(text) is { } duration)
        {
            return new Literal(duration, PrimitiveType.Duration);
        }

        return op is BinaryOperator.Add or BinaryOperator.Sub && IsTemporal(other)
            && (TypeRules.TryConvert(expression, PrimitiveType.Date, out var converted) || TypeRules.TryConvert(expression, PrimitiveType.DateTimeOffset, out converted))
                ? converted
                : expression;
    }
}
