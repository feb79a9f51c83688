using System.Diagnostics;
using System.Globalization;
using ODataEngine.Parsing.QueryTree;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Parsing;

/// <summary>Any URL is parsed into a tree or rejected by an <see cref="ODataRequestException"/> with a message, within a time limit.</summary>
public sealed class UrlFuzzTests
{
    private const int Cases = 4_000;

    // Far above the time of any case, even in a debug build on a busy machine: it distinguishes linear from exponential time.
    private static readonly TimeSpan MaxElapsed = TimeSpan.FromSeconds(10);

    private static readonly string[] Paths =
    [
        "Products", "Products(77)", "Products/77/Name", "Products(77)/Tags/0", "Sales(ProductId=1,Number=2)/Amount/$value", "Products/$filter(Id gt 1)/$count",
        "Categories('a%2Fb')/Products(1)/Address/City", "$crossjoin(Products,Sales)", "$entity", "$all", "$metadata", "Products(@k)", "Products(77)/Sales/$ref",
    ];

    private static readonly string[] Queries =
    [
        "$filter=Name eq 'Milk' and Price lt 2.55 or not (Id in (1,2,3))&$orderby=Name desc,Id&$top=5&$skip=1&$count=true",
        "$filter=Sales/any(s:s/Amount gt 100 and s/Product/Tags/all(t:startswith(t,'a')))&$select=Name,Address/City,Tags($top=1;$filter=$this eq 'x')",
        "$filter=geo.distance(Place,geography'SRID=4326;POINT(18.07 59.33)') lt 50000.5e0 and Lasts gt duration'P1DT2H3M4.5S'",
        "$filter=Changed ge 2020-01-01T10:00:00.123Z and Token eq 01234567-89ab-cdef-0123-456789abcdef and Opens lt 12:30:59.5",
        "$filter=Address eq @a and Scores eq [1,-2,3.5] and case(Id gt 1:'a',true:null) eq \"a\\u00e5\"&@a={\"City\":\"X\",\"Number\":@n}&@n=1 add 2 mul -3",
        "$filter=Tags/$count($filter=contains($this,')');$search=a OR \"b c\") gt 2 and cast('5',Edm.Int32) eq Id and isof(Shop.Product)",
        "$expand=Category($expand=Products($filter=$it/Id eq Id;$levels=2;$select=Name);$select=Name),Sales/$count($search=O'Neil),*/$ref",
        "$apply=filter(Id gt 1)/groupby((Category/Name,rollup(Color,Rating)),aggregate(Price with sum as T,Sales/Amount with max as M,$count as N))/topcount(2,T)&$filter=N gt 1",
        "$apply=concat(aggregate(Price with average from Color with min as A),join(Sales as S,filter(Amount gt 1))/compute(S/Amount mul 2 as D))&$orderby=D",
        "$compute=Price mul 2 as Twice,Twice add 1 as More&$search=NOT (blue AND green) OR \"navy blue\"&$format=json&$skiptoken=abc%20%C3%A5",
        "filter=Color has Shop.Color'Red,Blue' and Image eq null&%24orderby=geo.length(Route)&SELECT=*,Shop.*&$id=http://host/Products(1)",
    ];

    private static readonly string[] Pieces =
    [
        "(", ")", "'", "\"", ",", ";", ":", "/", "=", "&", "@a", "$it", "$root", "$count", "%", "%27", "%ff", "%C3", "+", "-", "[", "]", "{", "}", " eq ", " and ", " in ", "not ", "null", "any(", "groupby((",
        "INF", "9999999999999999999999", "1e999", "\0", "\ud800", "å", "🙂", "..", "$filter=", "duration'", "2020-02-30", "25:61", "\\", "#", "((((((((", "))))))))", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    [Fact]
    public void Parse_RandomString_SucceedsOrThrowsRequestException()
    {
        var random = new Random(20260131);
        for (var i = 0; i < Cases; i++)
        {
            var path = random.Next(3) == 0 ? Mutate(Paths, random) : Paths[random.Next(Paths.Length)];
            var query = random.Next(20) == 0 ? CreateNoise(random) : Mutate(Queries, random);
            var elapsed = Measure(path, query);
            for (var retry = 0; retry < 3 && elapsed > MaxElapsed; retry++)
            {
                // On a slow machine the time alone is no failure.
                elapsed = Measure(path, query);
            }

            Assert.True(elapsed <= MaxElapsed, $"{elapsed}: {path}?{query}");
        }
    }

    [Theory]
    [InlineData("$filter=Id in (", "1,", "1)")]
    [InlineData("$filter=", "Id eq 1 or ", "true")]
    [InlineData("$filter=", "Id eq 1 and not Active or ", "true")]
    [InlineData("$filter=1 eq ", "1 add ", "1")]
    [InlineData("$filter=", "- ", "1 eq 1")]
    [InlineData("$filter=Category/", "Parent/", "Name eq 'x'")]
    [InlineData("$filter=", "aaaaaaaaaaaaaaaa", " eq 1")]
    [InlineData("$filter=Id eq ", "9", "")]
    [InlineData("$filter=Id eq 0.", "9", "e99")]
    [InlineData("$filter=Name eq '", "''", "'")]
    [InlineData("$filter=Name eq \"", "\\n", "\"")]
    [InlineData("$filter=", "tolower(", "")]
    [InlineData("$filter=Tags/any(", "a:Tags/any(", "")]
    [InlineData("$filter=Tags eq [", "[],", "[]]")]
    [InlineData("$filter=Address eq ", "{\"City\":", "1")]
    [InlineData("$filter=Id in (@a,", "@a,", "1)&@a=                                                                                                    1")]
    [InlineData("$filter=", "Sales/$count($filter=", "")]
    [InlineData("$filter=", "Sales/$count($search=(", "")]
    [InlineData("$filter=geo.length(geography'LINESTRING(", "1 1,", "1 1)') gt 1")]
    [InlineData("$search=", "a ", "")]
    [InlineData("$search=", "NOT ", "")]
    [InlineData("$search=", "\"a\"OR ", "b")]
    [InlineData("$orderby=", "Id,", "Id")]
    [InlineData("$select=", "Id,", "Id")]
    [InlineData("$select=", "Address(", "")]
    [InlineData("$expand=", "Category($expand=", "")]
    [InlineData("$expand=", "Category,", "Sales")]
    [InlineData("$compute=", "1 as a,", "1 as b")]
    [InlineData("$apply=", "identity/", "identity")]
    [InlineData("$apply=", "concat(identity,", "")]
    [InlineData("$apply=groupby((", "rollup(Id,Name),", "Id))")]
    [InlineData("$apply=groupby((rollup(", "Id,", "Id)))")]
    [InlineData("$apply=aggregate(", "Sales/Product/", "Id with sum as A)")]
    [InlineData("$", "a", "=1")]
    [InlineData("", "&", "")]
    [InlineData("", "@a=1&", "")]
    [InlineData("$filter=", "%20", "true")]
    public void Parse_RepeatedFragment_CompletesQuickly(string start, string part, string end)
    {
        var query = start + string.Concat(Enumerable.Repeat(part, 32_000 / part.Length)) + end;

        var elapsed = Enumerable.Range(0, 4).Min(_ => Measure("Products", query));

        Assert.True(elapsed <= MaxElapsed, elapsed.ToString());
    }

    [Theory]
    [InlineData("$compute={0}", "1 as a{0},")]
    [InlineData("$filter=true&$compute=1 as b,{0}", "a{0} add 1 as a{1},")]
    [InlineData("$apply={0}", "compute(1 as a{0})/")]
    [InlineData("$apply=aggregate({0})", "$count as a{0},")]
    [InlineData("{0}", "@a{0}=@a{1}&")]
    public void Parse_ThousandsOfNames_CompletesQuickly(string whole, string part)
    {
        var parts = string.Concat(Enumerable.Range(0, 1_500).Select(i => string.Format(CultureInfo.InvariantCulture, part, i, i + 1)));
        var query = string.Format(CultureInfo.InvariantCulture, whole, parts.TrimEnd(',', '/'));

        var elapsed = Enumerable.Range(0, 4).Min(_ => Measure("Products", query));

        Assert.True(elapsed <= MaxElapsed, elapsed.ToString());
    }

    private static TimeSpan Measure(string path, string query)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var url = ShopModel.Parse(path, query);
            var elapsed = Stopwatch.GetElapsedTime(start);
            Walk(url.Query);
            return elapsed;
        }
        catch (ODataRequestException error)
        {
            Assert.True(error.Status is 400 or 404 or 414 or 501, error.ToString());
            Assert.NotEmpty(error.Code);
            Assert.NotEmpty(error.Message);
            Assert.True(error.Message.Length < 2_000, error.Message);
        }
        catch (Exception error)
        {
            Assert.Fail($"{path}?{query}: {error}");
        }

        return Stopwatch.GetElapsedTime(start);
    }

    // Formatting a tree fails for a node of an unknown kind.
    private static void Walk(Query query)
    {
        _ = SyntaxTreeFormatter.Format(query.Apply);
        _ = query.Filter is null ? "" : SyntaxTreeFormatter.Format(query.Filter);
        _ = query.Compute.Select(computed => SyntaxTreeFormatter.Format(computed.Expression)).ToList();
        _ = query.OrderBy.Select(item => SyntaxTreeFormatter.Format(item.Expression)).ToList();
        foreach (var nested in (query.Select ?? []).Select(item => item.Options).Concat(query.Expand.Select(item => item.Options)))
        {
            Walk(nested);
        }
    }

    private static string Mutate(string[] seeds, Random random)
    {
        var text = seeds[random.Next(seeds.Length)];
        for (var times = random.Next(6); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(at, text.Substring(at, length)),
                3 => text[..at] + Tail(seeds[random.Next(seeds.Length)]),
                _ => string.Concat(text.AsSpan(0, at), Pieces[random.Next(Pieces.Length)], text.AsSpan(Math.Min(text.Length, at + length))),
            };
        }

        return text;
    }

    private static string Tail(string text) => text[^Math.Min(20, text.Length)..];

    private static string CreateNoise(Random random) =>
        "$filter=" + new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)random.Next(1, 0x250))]);
}
