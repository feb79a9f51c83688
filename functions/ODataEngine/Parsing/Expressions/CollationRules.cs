using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Determines the collation of expressions. The standard leaves it to the service (OData 4.01 Part 1, 11.2.6.2).</summary>
internal static class CollationRules
{
    /// <summary>Finds the collation of a string: that of the property, or of the first part with one; null for all other values.</summary>
    public static Collation? Find(Expression expression)
    {
        if (expression.Type is not PrimitiveType { Kind: PrimitiveKind.String })
        {
            return null;
        }

        return expression switch
        {
            PropertyAccess access => access.Property.Collation,
            ComputedAccess access => Find(access.Property.Expression),
            FunctionCall call => FindFirst(call.Arguments),
            CaseExpression branches => FindFirst(branches.Branches.Select(branch => branch.Value)),
            CastExpression cast => Find(cast.Operand),
            _ => null,
        };
    }

    /// <summary>Finds the collation of a comparison: that of the left operand, or else of the right one.</summary>
    public static Collation? FindOfOperands(BinaryExpression comparison) => FindFirst([comparison.Left, comparison.Right]);

    private static Collation? FindFirst(IEnumerable<Expression> parts) => parts.Select(Find).FirstOrDefault(collation => collation is not null);
}
