using System.Globalization;
using System.Xml;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Queries;

/// <summary>Writes a tree as an OData expression that reads back as the same tree: every operator in parentheses, every conversion spelled out.</summary>
internal static class Printer
{
    public static string Print(Expression expression) => expression switch
    {
        Literal literal => Constant(literal),
        ListExpression list => $"[{Join(list.Items)}]",
        ObjectExpression literal => $"{{{string.Join(",", literal.Members.Select(member => $"\"{member.Property}\":{Print(member.Value)}"))}}}",
        Variable variable => variable.Name,
        RootSet root => $"$root/{root.Set.Name}",
        KeyAccess key => $"{Print(key.Collection)}({string.Join(",", key.Key.Select((part, i) => $"{key.EntityType.Key[i]}={Print(part)}"))})",
        PropertyAccess access => $"{Print(access.Source)}/{access.Property}",
        ComputedAccess computed => $"$it/{computed.Property.Name}",
        Unary { Operator: UnaryOperator.Not } unary => $"(not {Print(unary.Operand)})",
        Unary unary => $"(- {Print(unary.Operand)})",
        Binary binary => $"({Print(binary.Left)} {Lower(binary.Operator)} {Print(binary.Right)})",
        In @in => $"({Print(@in.Operand)} in {Print(@in.List)})",
        Call call => $"{NameOf(call.Function)}({Join(call.Arguments)})",
        Cast cast => $"cast({Print(cast.Operand)},{cast.Target})",
        IsOf isOf => $"isof({Print(isOf.Operand)},{isOf.Target})",
        Case @case => $"case({string.Join(",", @case.Branches.Select(branch => $"{Print(branch.Condition)}:{Print(branch.Value)}"))})",
        Lambda { Variable: { } variable } lambda => $"{Print(lambda.Collection)}/{(lambda.IsAll ? "all" : "any")}({variable.Name}:{Print(lambda.Predicate!)})",
        Lambda lambda => $"{Print(lambda.Collection)}/any()",
        CountOf { Filter: null } count => $"{Print(count.Collection)}/$count",
        CountOf count => $"{Print(count.Collection)}/$count($filter={Print(count.Filter)})",
        Filtered filtered => $"{Print(filtered.Collection)}/$filter({Print(filtered.Filter)})",
        _ => throw new ArgumentException(expression.ToString()),
    };

    private static string Join(IEnumerable<Expression> items) => string.Join(",", items.Select(Print));

    private static string Lower(BinaryOperator op) => op.ToString().ToLowerInvariant();

    private static string NameOf(Function function) =>
        function is Function.GeoDistance or Function.GeoIntersects or Function.GeoLength ? "geo." + Lower(function)[3..] : Lower(function);

    private static string Lower(Function function) => function.ToString().ToLowerInvariant();

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
