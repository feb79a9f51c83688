using System.Text;
using System.Text.Json;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>Server-driven paging (OData 4.01 Part 1, 11.2.6.7): each row once, all of one revision.</summary>
public sealed class PagingTests
{
    private static readonly SampleRows Rows = new(seed: 5, samples: 23, groups: 8);

    [Theory]
    [InlineData("samples", 1)]
    [InlineData("samples", 5)]
    [InlineData("samples", 22)]
    [InlineData("samples", 23)]
    [InlineData("samples", 1000)]
    [InlineData("samples?$orderby=name desc,whole", 4)]
    [InlineData("samples?$filter=whole ne null&$count=true&$select=id,name", 3)]
    [InlineData("samples?$skip=3&$top=11&$orderby=text", 4)]
    [InlineData("samples?$search=a&$expand=group", 2)]
    [InlineData("samples?%24filter=contains(text,'%20')%20or%20id%20gt%202&skip=1", 3)]
    [InlineData("samples?$apply=groupby((flag,level),aggregate($count as n))", 2)]
    [InlineData("groups('%24filter')/samples?$orderby=id", 1)]
    [InlineData("$all", 6)]
    [InlineData("$all?$skip=20&$top=10", 4)]
    [InlineData("$all/Sampling.Sample?$orderby=text&$filter=id gt 3", 4)]
    public void Pages_Followed_EqualWholeResult(string url, int size)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups);
        var whole = engine.GetItems(url);

        var paged = new List<string>();
        string? next = url;
        var pages = 0;
        while (next is not null)
        {
            var page = engine.GetJson(next, ("Prefer", $"maxpagesize={size}"));
            var items = page.GetProperty("value").EnumerateArray().Select(item => item.GetRawText()).ToList();
            Assert.InRange(items.Count, Math.Min(1, whole.Count), size);
            paged.AddRange(items);
            next = NextLink(page);
            Assert.InRange(++pages, 1, whole.Count + 1);
        }

        Assert.Equal(whole, paged);
        Assert.Equal(Math.Max(1, (whole.Count + size - 1) / size), pages);
    }

    // Query options in the body need no encoding (OData 4.01 Part 2, 4.17); the link to the next page is a URL.
    [Theory]
    [InlineData("$filter=contains(text,'å') or id gt 2&$orderby=text desc")]
    [InlineData("$filter=text ne '#\"<>^{|}' and id in [1,2,3,4,5,6,7,8,9]")]
    [InlineData("$filter=text%20ne%20'%23'&$select=id")]
    public void Pages_QueryInBody_HaveUrlNextLinks(string options)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups);
        var whole = Read(engine.Query("samples", options)).GetProperty("value").EnumerateArray().Select(item => item.GetRawText()).ToList();

        var first = Read(engine.Query("samples", options, ("Prefer", "maxpagesize=3")));
        var link = first.GetProperty("@odata.nextLink").GetString()!;
        var second = engine.GetJson(NextLink(first)!, ("Prefer", "maxpagesize=3"));

        Assert.Matches("^[!$-;=?-\\[\\]_a-z~]*$", link);
        Assert.Equal(
            whole.Take(6),
            first.GetProperty("value").EnumerateArray().Concat(second.GetProperty("value").EnumerateArray()).Select(item => item.GetRawText()));
    }

    // A body can be longer than a URL, but a link cannot.
    [Fact]
    public void Query_LongerThanUrl_IsLimitedByBodyBytes()
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new() { MaxQueryLength = 100, MaxQueryBodyBytes = 200 } });
        var longFilter = "$filter=id in (1,2,3)" + new string(' ', 150);

        Assert.Equal(414, engine.Get("samples?" + longFilter.Replace(" ", "%20", StringComparison.Ordinal)).Status);
        Assert.Equal(3, Read(engine.Query("samples", longFilter)).GetProperty("value").GetArrayLength());
        Assert.Equal(413, engine.Query("samples", longFilter + new string(' ', 50)).Status);
        Assert.Contains("MaxQueryBodyBytes", Encoding.UTF8.GetString(engine.Query("samples", longFilter + new string(' ', 50)).Body.Span), StringComparison.Ordinal);
        Assert.Equal(400, engine.Query("samples", "$filter=id gt 0" + " and text ne '" + new string('x', 80) + "'", ("Prefer", "maxpagesize=1")).Status);
        Assert.Equal(414, engine.Send("POST", "samples/$query?x=" + new string('y', 100), "$top=1"u8.ToArray(), [("Content-Type", "text/plain")]).Status);
    }

    private static JsonElement Read(ODataResponse response)
    {
        Assert.Equal(200, response.Status);
        return JsonDocument.Parse(response.Body).RootElement;
    }

    [Fact]
    public void Pages_NewRevision_StayInFirstRevision()
    {
        var newer = new SampleRows(seed: 6, samples: 9, groups: 4);
        var (old, both) = (SampleModel.Tables(Rows.Samples, Rows.Groups, 1), SampleModel.Tables(newer.Samples, newer.Groups, 2));
        var expected = new SampleEngine(null, old).GetItems("samples");
        var first = new SampleEngine(null, old).GetJson("samples", ("Prefer", "maxpagesize=10"));
        var later = new SampleEngine(null, old, both);

        var second = later.GetJson(NextLink(first)!, ("Prefer", "maxpagesize=10"));
        var third = later.GetJson(NextLink(second)!, ("Prefer", "maxpagesize=10"));

        var rows = ((JsonElement[])[first, second, third]).SelectMany(page => page.GetProperty("value").EnumerateArray()).Select(row => row.GetRawText());
        Assert.Equal(expected, rows);
        Assert.Null(NextLink(third));
        Assert.Equal(9, later.GetItems("samples").Count);
    }

    [Fact]
    public void Page_ExpiredRevision_Returns410()
    {
        var newer = new SampleEngine(null, SampleModel.Tables(Rows.Samples, Rows.Groups, 2));
        var first = new SampleEngine(Rows.Samples, Rows.Groups).GetJson("samples", ("Prefer", "maxpagesize=10"));

        Assert.Equal(410, newer.Get(NextLink(first)!).Status);
    }

    [Fact]
    public void PageSize_NoPreference_UsesServiceLimit()
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new() { MaxPageSize = 7 } });

        var page = engine.GetJson("samples?$top=15");

        Assert.Equal(7, page.GetProperty("value").GetArrayLength());
        Assert.Equal(8, engine.GetJson(NextLink(page)!).GetProperty("value").GetArrayLength() + engine.GetJson(NextLink(engine.GetJson(NextLink(page)!))!).GetProperty("value").GetArrayLength());
    }

    private static string? NextLink(JsonElement page) =>
        page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString()![SampleEngine.Root.Length..] : null;
}
