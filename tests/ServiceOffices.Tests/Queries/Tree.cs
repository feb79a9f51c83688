using System.Globalization;
using System.Xml;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.Queries;

/// <summary>Shows a tree as text that tells every type and every implied conversion.</summary>
internal static class Tree
{
    public static string Show(Expression expression) => expression switch
    {
        Literal literal => Constant(literal),
        ListExpression list => $"[{Join(list.Items)}]",
        ObjectExpression literal => $"{{{string.Join(",", literal.Members.Select(member => $"{member.Property}:{Show(member.Value)}"))}}}",
        Variable variable => variable.Slot == 0 ? variable.Name : $"{variable.Name}#{variable.Slot}",
        RootSet root => root.Set.Name,
        KeyAccess key => $"{Show(key.Collection)}({Join(key.Key)})",
        ItemAt item => $"{Show(item.Collection)}[{item.Index}]",
        PropertyAccess access => $"{Show(access.Source)}/{access.Property}",
        ComputedAccess computed => $"computed#{computed.Slot}/{computed.Property.Name}",
        Unary unary => $"({unary.Operator} {Show(unary.Operand)})",
        Binary binary => $"({Show(binary.Left)} {binary.Operator} {Show(binary.Right)})",
        In @in => $"({Show(@in.Operand)} In {Show(@in.List)})",
        Call call => $"{call.Function}({Join(call.Arguments)}):{call.Type}",
        Cast cast => $"Cast({Show(cast.Operand)},{cast.Target})",
        IsOf isOf => $"IsOf({Show(isOf.Operand)},{isOf.Target})",
        Case @case => $"Case({string.Join(",", @case.Branches.Select(branch => $"{Show(branch.Condition)}:{Show(branch.Value)}"))}):{@case.Type}",
        Lambda { Variable: { } variable } lambda => $"{Show(lambda.Collection)}/{(lambda.IsAll ? "All" : "Any")}({Show(variable)}:{Show(lambda.Predicate!)})",
        Lambda lambda => $"{Show(lambda.Collection)}/Any()",
        CountOf count => $"{Show(count.Collection)}/$count{Nested(count)}",
        Filtered filtered => $"{Show(filtered.Collection)}/$filter({Show(filtered.Variable)}:{Show(filtered.Filter)})",
        Flattened flattened => $"{Show(flattened.Collection)}/each({Show(flattened.Item)}:{Show(flattened.Inner)})",
        _ => throw new ArgumentException(expression.ToString()),
    };

    public static string Show(IReadOnlyList<Transformation> steps) => string.Join(" / ", steps.Select(Show));

    /// <summary>A structured type's properties, nested ones in parentheses.</summary>
    public static string Show(StructuredType type) => string.Join(",", type.Properties.Select(property =>
        property is { IsNavigation: false, Type: StructuredType { IsEntity: false } nested } ? $"{property}({Show(nested)})" : property.ToString()));

    private static string Show(Transformation step) => step switch
    {
        FilterStep filter => $"filter({Show(filter.Filter)})",
        SearchStep search => $"search({Show(search.Search)})",
        OrderByStep order => $"orderby({string.Join(",", order.Items.Select(item => Show(item.Expression) + (item.Descending ? " desc" : "")))})",
        SkipStep skip => $"skip({skip.Count})",
        TopStep top => $"top({top.Count})",
        IdentityStep => "identity",
        ComputeStep compute => $"compute({string.Join(",", compute.Properties.Select(property => $"{Show(property.Expression)} as {property.Name}"))})",
        AggregateStep aggregate => $"aggregate({string.Join(",", aggregate.Aggregates.Select(Show))})",
        GroupByStep group => $"groupby({string.Join(",", group.Paths.Select(path => string.Join("/", path)))};{string.Join("|", group.Sets.Select(set => string.Join(",", set)))};{Show(group.Inner)})",
        ConcatStep concat => $"concat({string.Join(",", concat.Sequences.Select(Show))})",
        RankStep rank => $"{(rank.Bottom ? "bottom" : "top")}{rank.Measure}({Show(rank.Amount)},{Show(rank.Value)})",
        JoinStep join => $"{(join.Outer ? "outerjoin" : "join")}({Show(join.Collection)} as {join.Alias};{Show(join.Inner)})",
        _ => throw new ArgumentException(step.ToString()),
    };

    private static string Show(Aggregate aggregate) =>
        $"{aggregate.Method}{(aggregate.Collection is null ? "" : $" over {Show(aggregate.Collection)}")}{(aggregate.Value is null ? "" : $" of {Show(aggregate.Value)}")} as {aggregate.Alias}:{aggregate.ResultType}";

    public static string Show(SearchExpression search) => search switch
    {
        SearchTerm term => term.Text,
        SearchNot not => $"(NOT {Show(not.Operand)})",
        SearchAnd and => $"({Show(and.Left)} AND {Show(and.Right)})",
        SearchOr or => $"({Show(or.Left)} OR {Show(or.Right)})",
        _ => throw new ArgumentException(search.ToString()),
    };

    private static string Nested(CountOf count) =>
        (count.Filter is null ? "" : $"({Show(count.Variable!)}:{Show(count.Filter)})") + (count.Search is null ? "" : $"(search {Show(count.Search)})");

    private static string Join(IEnumerable<Expression> items) => string.Join(",", items.Select(Show));

    private static string Constant(Literal literal) => literal.Value switch
    {
        null => "null",
        string text => $"'{text}'",
        bool truth => truth ? "true" : "false",
        int number when literal.Type is EnumType type => $"{type.FullName}({number})",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        short number => number.ToString(CultureInfo.InvariantCulture) + "s",
        byte number => number.ToString(CultureInfo.InvariantCulture) + "b",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        TimeSpan duration => XmlConvert.ToString(duration),
        Guid guid => guid.ToString(),
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        GeoPoint point => string.Create(CultureInfo.InvariantCulture, $"point({point.Longitude} {point.Latitude})"),
        Geometry geometry => $"{geometry.Kind}({string.Join(";", geometry.Parts.Select(part => string.Join(",", part.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Longitude} {point.Latitude}")))))})",
        var other => throw new ArgumentException(other.ToString()),
    };
}
