using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace ServiceOffices.Peers.AspNetCoreOData;

/// <summary>Implements <c>$search</c>, which the library leaves to the service.</summary>
public sealed class OfficeSearch : QueryBinder, ISearchBinder
{
    public Expression BindSearch(SearchClause searchClause, QueryBinderContext context)
    {
        var office = Expression.Parameter(typeof(Office), "office");
        return Expression.Lambda(Condition(searchClause.Expression, office), office);
    }

    private static Expression Condition(SingleValueNode node, ParameterExpression office)
    {
        switch (node)
        {
            case SearchTermNode term:
                Expression<Func<Office, string, bool>> matches = (one, text) =>
                    one.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || one.MunicipalityName.Contains(text, StringComparison.OrdinalIgnoreCase);
                return Expression.Invoke(matches, office, Expression.Constant(term.Text));
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                return Expression.AndAlso(Condition(and.Left, office), Condition(and.Right, office));
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or:
                return Expression.OrElse(Condition(or.Left, office), Condition(or.Right, office));
            case UnaryOperatorNode not:
                return Expression.Not(Condition(not.Operand, office));
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }
}
