using System.Globalization;
using System.Xml;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Tests.Parsing;

/// <summary>Writes a tree as an OData expression that is parsed into the same tree: every operator in parentheses, every conversion explicit.</summary>
internal static class ExpressionPrinter
{
    public static string Print(Expression expression) => expression switch
    {
        Literal literal => Constant(literal),
        ListExpression list => $"[{Join(list.Items)}]",
        ObjectExpression literal => $"{{{string.Join(",", literal.Members.Select(member => $"\"{member.Property}\":{Print(member.Value)}"))}}}",
        Variable variable => variable.Name,
        RootEntitySet root => $"$root/{root.EntitySet.Name}",
        KeyAccess key => $"{Print(key.Collection)}({string.Join(",", key.Key.Select((part, i) => $"{key.EntityType.Key[i]}={Print(part)}"))})",
        PropertyAccess access => $"{Print(access.Source)}/{access.Property}",
        ComputedAccess computed => $"$it/{computed.Property.Name}",
        UnaryExpression { Operator: UnaryOperator.Not } unary => $"(not {Print(unary.Operand)})",
        UnaryExpression unary => $"(- {Print(unary.Operand)})",
        BinaryExpression binary => $"({Print(binary.Left)} {Lower(binary.Operator)} {Print(binary.Right)})",
        InExpression @in => $"({Print(@in.Operand)} in {Print(@in.List)})",
        FunctionCall call => $"{GetFunctionName(call.Function)}({Join(call.Arguments)})",
        CastExpression cast => $"cast({Print(cast.Operand)},{cast.Target})",
        IsOfExpression isOf => $"isof({Print(isOf.Operand)},{isOf.Target})",
        IsDefinedExpression isDefined => $"isdefined({Print(isDefined.Access)})",
        CaseExpression @case => $"case({string.Join(",", @case.Branches.Select(branch => $"{Print(branch.Condition)}:{Print(branch.Value)}"))})",
        LambdaExpression { Variable: { } variable } lambda => $"{Print(lambda.Collection)}/{(lambda.IsAll ? "all" : "any")}({variable.Name}:{Print(lambda.Predicate!)})",
        LambdaExpression lambda => $"{Print(lambda.Collection)}/any()",
        CountExpression { Filter: null } count => $"{Print(count.Collection)}/$count",
        CountExpression count => $"{Print(count.Collection)}/$count($filter={Print(count.Filter)})",
        CollectionFilter filtered => $"{Print(filtered.Collection)}/$filter({Print(filtered.Filter)})",
        _ => throw new ArgumentException(expression.ToString()),
    };

    private static string Join(IEnumerable<Expression> items) => string.Join(",", items.Select(Print));

    private static string Lower(BinaryOperator op) => op.ToString().ToLowerInvariant();

    private static string GetFunctionName(CanonicalFunction function) =>
        function is CanonicalFunction.GeoDistance or CanonicalFunction.GeoIntersects or CanonicalFunction.GeoLength ? "geo." + Lower(function)[3..] : Lower(function);

    private static string Lower(CanonicalFunction function) => function.ToString().ToLowerInvariant();

    private static string Constant(Literal literal)
    {
        var invariant = CultureInfo.InvariantCulture;
        return literal.Value switch
        {
            null => "null",
            bool truth => truth ? "true" : "false",
            string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
            int number when literal.Type is EnumType type => $"{type.FullName}'{number.ToString(invariant)}'",
            int number => number.ToString(invariant),
            DateOnly date => date.ToString("yyyy-MM-dd", invariant),
            TimeOnly time => time.ToString("HH:mm:ss.fffffff", invariant),
            DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", invariant),
            TimeSpan duration => $"duration'{XmlConvert.ToString(duration)}'",
            Guid guid => guid.ToString(),
            GeoPoint point => string.Create(invariant, $"geography'SRID=4326;POINT({point.Longitude} {point.Latitude})'"),
            double.PositiveInfinity => "INF",
            double.NegativeInfinity => "-INF",
            IFormattable number => $"cast('{number.ToString(null, invariant)}',{literal.Type})",
            var other => throw new ArgumentException(other.ToString()),
        };
    }
}
