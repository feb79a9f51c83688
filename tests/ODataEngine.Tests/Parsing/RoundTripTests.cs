using CsCheck;
using ODataEngine.Parsing;
using ODataEngine.Parsing.QueryTree;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Parsing;

/// <summary>Any valid expression is parsed, and its tree, written as an expression and parsed again, is the same tree.</summary>
public sealed class RoundTripTests
{
    private const int Depth = 4;
    private static readonly UrlParser Parser = new(ShopModel.Model, new ODataLimits());

    [Fact]
    public void Expression_PrintedAndParsed_IsEqual() => Conditions().Sample(
        text =>
        {
            var first = Filter(text);
            var second = Filter(ExpressionPrinter.Print(first));

            Assert.Equal(SyntaxTreeFormatter.Format(first), SyntaxTreeFormatter.Format(second));
        },
        seed: "0000000000000", iter: 2_000, threads: 1);

    private static Expression Filter(string text) => Parser.Parse("Products", "$filter=" + Uri.EscapeDataString(text)).Query.Filter!;

    private static Gen<string> Conditions()
    {
        var number = Any("Id", "Price", "Rating", "Stock", "Level", "Weight", "Share", "0", "-1", "300", "2.5", "5000000000", "1e3", "INF", "Tags/$count", "Address/Number", "Category/Products/$count");
        var text = Any("Name", "Address/City", "Category/Parent/Name", "'Milk'", "'O''Neil; (x) å'", "$root/Categories('a')/Name", "null");
        var date = Any("Released", "2020-01-01", "date(now())");
        var moment = Any("Changed", "2020-01-01T10:00:00.5+01:00", "now()", "Released");
        var duration = Any("Lasts", "duration'P1DT2H'", "-Lasts");
        var condition = Any("Active", "true", "null", "Tags/any()", "isof(Id,Edm.Int32)", "Color has 'Red'", "Token eq 01234567-89ab-cdef-0123-456789abcdef", "Address eq {\"City\":\"a\",\"Number\":1}", "hassubset(Scores,[1,2])");
        for (var depth = 0; depth < Depth; depth++)
        {
            var (n, t, d, m, l, c) = (number, text, date, moment, duration, condition);
            var comparison = Any("eq", "ne", "gt", "GE", "lt", "le");
            var arithmetic = Any("add", "sub", "mul", "div", "divby", "mod");
            var lambdaName = "v" + depth;
            number = Gen.OneOf(
                n,
                Gen.Select(n, arithmetic, n, (a, op, b) => $"({a} {op} {b})"),
                Gen.Select(n, arithmetic, n, (a, op, b) => $"{a} {op} {b}"),
                n.Select(a => $"-({a})"),
                n.Select(a => $"round({a})"),
                t.Select(a => $"length({a})"),
                Gen.Select(t, t, (a, b) => $"indexof({a},{b})"),
                d.Select(a => $"year({a})"),
                l.Select(a => $"totalseconds({a})"),
                Gen.Select(c, n, n, (when, a, b) => $"case({when} : {a} , true : {b})"),
                n.Select(a => $"cast({a},Edm.Double)"),
                Gen.Const("Sales/$count($filter=Amount gt 1 and $it/Id eq ProductId)"));
            text = Gen.OneOf(
                t,
                Gen.Select(t, t, (a, b) => $"concat({a},{b})"),
                Gen.Select(t, n, (a, _) => $"substring({a},-2,1)"),
                t.Select(a => $"tolower(trim({a}))"),
                n.Select(a => $"cast({a},Edm.String)"));
            date = Gen.OneOf(d, Gen.Select(d, l, (a, b) => $"({a} add {b})"));
            moment = Gen.OneOf(m.Where(a => a != "Released"), Gen.Select(m.Where(a => a != "Released"), l, (a, b) => $"({a} sub {b})"));
            duration = Gen.OneOf(l, Gen.Select(d, d, (a, b) => $"({a} sub {b})"), Gen.Select(l, n, (a, b) => $"({a} mul ({b}))"));
            condition = Gen.OneOf(
                c,
                Gen.Select(n, comparison, n, (a, op, b) => $"{a} {op} {b}"),
                Gen.Select(t, comparison, t, (a, op, b) => $"{a} {op} {b}"),
                Gen.Select(m, comparison, d, (a, op, b) => $"{a} {op} {b}"),
                Gen.Select(l, comparison, l, (a, op, b) => $"{a} {op} {b}"),
                Gen.Select(c, Any("and", "or"), c, (a, op, b) => $"({a}) {op} ({b})"),
                Gen.Select(Any(" and ", " OR "), c.Array[2, 12], (op, parts) => string.Join(op, parts.Select(part => $"({part})"))),
                c.Select(a => $"not ({a})"),
                Gen.Select(n, n.Array[0, 4], (a, items) => $"({a}) in ({string.Join(",", items)})"),
                Gen.Select(t, t.Array[1, 3], (a, items) => $"({a}) in [{string.Join(", ", items)}]"),
                Gen.Select(t, t, (a, b) => $"contains({a},{b})"),
                Gen.Select(c, n, (a, b) => $"Sales/any({lambdaName}:{lambdaName}/Amount gt {b} and ({a}))"),
                c.Select(a => $"Tags/all({lambdaName}:{lambdaName} eq Name or ({a}))"),
                Gen.Const("Sales/$filter(Amount gt 1)/any(s:s/Product/Name eq $it/Name)"),
                c.Select(a => $"Category/Products/$count($filter=Name eq 'x;)' and $it/Id eq Id) gt 1 or ({a})"));
        }

        return condition;
    }

    private static Gen<string> Any(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
