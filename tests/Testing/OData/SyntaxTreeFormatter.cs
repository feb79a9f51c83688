using System.Globalization;
using System.Xml;
using ODataEngine.Model;
using ODataEngine.Parsing.QueryTree;

namespace ServiceOffices.Testing.OData;

/// <summary>Formats a syntax tree as a string that shows every type and every implicit conversion.</summary>
internal static class SyntaxTreeFormatter
{
    public static string Format(Expression expression) => expression switch
    {
        Literal literal => Constant(literal),
        ListExpression list => $"[{Join(list.Items)}]",
        ObjectExpression literal => $"{{{string.Join(",", literal.Members.Select(member => $"{member.Property}:{Format(member.Value)}"))}}}",
        Variable variable => variable.Slot == 0 ? variable.Name : $"{variable.Name}#{variable.Slot}",
        RootEntitySet root => root.EntitySet.Name,
        KeyAccess key => $"{Format(key.Collection)}({Join(key.Key)})",
        ItemAccess item => $"{Format(item.Collection)}[{item.Index}]",
        PropertyAccess access => $"{Format(access.Source)}/{access.Property}",
        ComputedAccess computed => $"computed#{computed.Slot}/{computed.Property.Name}",
        UnaryExpression unary => $"({unary.Operator} {Format(unary.Operand)})",
        BinaryExpression binary => $"({Format(binary.Left)} {binary.Operator} {Format(binary.Right)})",
        InExpression @in => $"({Format(@in.Operand)} In {Format(@in.List)})",
        FunctionCall call => $"{call.Function}({Join(call.Arguments)}):{call.Type}",
        CastExpression cast => $"Cast({Format(cast.Operand)},{cast.Target})",
        IsOfExpression isOf => $"IsOf({Format(isOf.Operand)},{isOf.Target})",
        IsDefinedExpression isDefined => $"IsDefined({Format(isDefined.Access)})",
        MissingValue missing => $"Missing({missing.ValueType})",
        CaseExpression @case => $"Case({string.Join(",", @case.Branches.Select(branch => $"{Format(branch.Condition)}:{Format(branch.Value)}"))}):{@case.Type}",
        LambdaExpression { Variable: { } variable } lambda => $"{Format(lambda.Collection)}/{(lambda.IsAll ? "All" : "Any")}({Format(variable)}:{Format(lambda.Predicate!)})",
        LambdaExpression lambda => $"{Format(lambda.Collection)}/Any()",
        CountExpression count => $"{Format(count.Collection)}/$count{Nested(count)}",
        CollectionFilter filtered => $"{Format(filtered.Collection)}/$filter({Format(filtered.Variable)}:{Format(filtered.Filter)})",
        CollectionFlattening flattened => $"{Format(flattened.Collection)}/each({Format(flattened.Item)}:{Format(flattened.Inner)})",
        _ => throw new ArgumentException(expression.ToString()),
    };

    public static string Format(IReadOnlyList<Transformation> steps) => string.Join(" / ", steps.Select(Format));

    /// <summary>Formats the properties of a structured type, nested ones in parentheses.</summary>
    public static string Format(StructuredType type) => string.Join(",", type.Properties.Select(property =>
        property is { IsNavigation: false, Type: StructuredType { IsEntity: false } nested } ? $"{property}({Format(nested)})" : property.ToString()));

    private static string Format(Transformation step) => step switch
    {
        FilterTransformation filter => $"filter({Format(filter.Filter)})",
        SearchTransformation search => $"search({Format(search.Search)})",
        OrderByTransformation order => $"orderby({string.Join(",", order.Items.Select(item => Format(item.Expression) + (item.Descending ? " desc" : "")))})",
        SkipTransformation skip => $"skip({skip.Count})",
        TopTransformation top => $"top({top.Count})",
        IdentityTransformation => "identity",
        ComputeTransformation compute => $"compute({string.Join(",", compute.Properties.Select(property => $"{Format(property.Expression)} as {property.Name}"))})",
        AggregateTransformation aggregate => $"aggregate({string.Join(",", aggregate.Aggregates.Select(Format))})",
        GroupByTransformation group => $"groupby({string.Join(",", group.GroupingPaths.Select(path => string.Join("/", path)))};{string.Join("|", group.GroupingSets.Select(set => string.Join(",", set)))};{Format(group.InnerTransformations)})",
        ConcatTransformation concat => $"concat({string.Join(",", concat.Sequences.Select(Format))})",
        TopBottomTransformation rank => $"{(rank.IsBottom ? "bottom" : "top")}{rank.Method}({Format(rank.Amount)},{Format(rank.Value)})",
        JoinTransformation join => $"{(join.IsOuter ? "outerjoin" : "join")}({Format(join.Collection)} as {join.Alias};{Format(join.InnerTransformations)})",
        _ => throw new ArgumentException(step.ToString()),
    };

    private static string Format(AggregateExpression aggregate) =>
        $"{aggregate.Method}{(aggregate.Collection is null ? "" : $" over {Format(aggregate.Collection)}")}{(aggregate.Value is null ? "" : $" of {Format(aggregate.Value)}")} as {aggregate.Alias}:{aggregate.ResultType}";

    public static string Format(SearchExpression search) => search switch
    {
        SearchTerm term => term.Text,
        SearchNot not => $"(NOT {Format(not.Operand)})",
        SearchAnd and => $"({Format(and.Left)} AND {Format(and.Right)})",
        SearchOr or => $"({Format(or.Left)} OR {Format(or.Right)})",
        _ => throw new ArgumentException(search.ToString()),
    };

    private static string Nested(CountExpression count) =>
        (count.Filter is null ? "" : $"({Format(count.Variable!)}:{Format(count.Filter)})") + (count.Search is null ? "" : $"(search {Format(count.Search)})");

    private static string Join(IEnumerable<Expression> items) => string.Join(",", items.Select(Format));

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
