using System.Text;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>$apply in $expand, on $crossjoin and on collections of complex values (OData Data Aggregation 4.0, 3.8 and 4).</summary>
public sealed class ApplyNestingTests
{
    private static readonly SampleEngine Engine = new(
        [
            new Sample { Id = 1, Text = "a", Whole = 5, GroupCode = "x", Parts = [new("leaf", 1, null, 2), new("leaf", 2, null, 3), new("root", 4, null, 1)] },
            new Sample { Id = 2, Text = "b", Whole = 1, GroupCode = "x", ParentId = 1 },
            new Sample { Id = 3, Text = "a", Whole = 9, GroupCode = "y", ParentId = 1 },
            new Sample { Id = 4, Text = "a", Whole = 2, ParentId = 3 },
        ],
        [
            new SampleGroup { Code = "x", Active = true },
            new FundedGroup(new SampleGroup { Code = "y", Active = false }) { Sum = 7, LeaderId = 1 },
            new FundedGroup(new SampleGroup { Code = "z", Active = false }) { Sum = 8, LeaderId = 1 },
        ],
        new ODataOptions { FileFormats = ExportFormats.ForQueries });

    // $apply is evaluated for the related entities of each entity, before the other options.
    [Theory]
    [InlineData("groups?$select=code&$expand=samples($apply=aggregate($count as n))", """[{"code":"x","samples":[{"n":2}]},{"code":"y","samples":[{"n":1}]},{"code":"z","samples":[{"n":0}]}]""")]
    [InlineData("groups?$select=code&$expand=samples($apply=aggregate($count as n);$filter=n gt 1)", """[{"code":"x","samples":[{"n":2}]},{"code":"y","samples":[]},{"code":"z","samples":[]}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=groupby((whole));$orderby=whole)", """[{"code":"x","samples":[{"whole":1},{"whole":5}]}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=groupby((whole));$orderby=whole;$top=1;$count=true)", """[{"code":"x","samples@odata.count":2,"samples":[{"whole":1}]}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=filter(whole gt 1);$select=id)", """[{"code":"x","samples":[{"id":1}]}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=compute(whole add 1 as next);$compute=next mul 2 as twice;$select=id,twice;$filter=next lt 5)", """[{"code":"x","samples":[{"id":2,"twice":4}]}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=filter(id eq 1);$select=id;$expand=children($apply=groupby((text),aggregate($count as n));$orderby=text desc))",
        """[{"code":"x","samples":[{"id":1,"children":[{"text":"b","n":1},{"text":"a","n":1}]}]}]""")]
    [InlineData("samples?$filter=id eq 1&$select=id&$expand=children($apply=filter(whole gt 1);$select=id;$levels=2)", """[{"id":1,"children":[{"id":3,"children":[{"id":4}]}]}]""")]
    [InlineData("samples?$filter=id eq 1&$select=id&$expand=children($apply=compute(1 as one);$filter=whole gt 1;$select=id;$levels=3)", """[{"id":1,"children":[{"id":3,"children":[{"id":4,"children":[]}]}]}]""")]
    [InlineData("samples?$apply=compute(1 as one)&$filter=id eq 1&$select=id&$expand=children($filter=whole gt 1;$select=id;$levels=2)", """[{"id":1,"children":[{"id":3,"children":[{"id":4}]}]}]""")]
    [InlineData("samples?$filter=id eq 1&$select=id&$expand=leads/Sampling.FundedGroup($apply=aggregate(sum with sum as sum))", """[{"id":1,"leads":[{"sum":15}]}]""")]
    [InlineData("samples?$filter=id eq 1&$select=id&$expand=children($apply=aggregate(whole with max as most);$filter=most gt $it/whole)", """[{"id":1,"children":[{"most":9}]}]""")]
    public void Expand_WithApply_IsEvaluated(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Fact]
    public void Expand_WithApply_ListsPropertiesInContext() =>
        Assert.Equal(
            "http://localhost/odata/$metadata#groups(code,samples(n))",
            Engine.GetJson("groups?$select=code&$expand=samples($apply=aggregate($count as n))").GetProperty("@odata.context").GetString());

    [Theory]
    [InlineData("groups?$select=code&$expand=samples($apply=aggregate($count as n);$filter=n gt 1)&$format=ndjson", """{"code":"x","samples":[{"n":2}]}|{"code":"y","samples":[]}|{"code":"z","samples":[]}|""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=filter(whole gt 1);$select=id)&$format=ndjson", """{"code":"x","samples":[{"id":1}]}|""")]
    [InlineData("groups?$filter=false&$select=code&$expand=samples($apply=groupby((parent/id)))&$format=ndjson", "")]
    [InlineData("samples?$filter=id eq 2&$select=id&$expand=parent($select=id;$expand=children($apply=aggregate($count as n)))&$format=ndjson", """{"id":2,"parent":{"id":1,"children":[{"n":2}]}}|""")]
    [InlineData("samples(1)/parts?$apply=groupby((label),aggregate(count with sum as n))&$filter=n gt 1&$format=csv", "label,n|leaf,5|")]
    [InlineData("$crossjoin(samples,groups)?$apply=groupby((groups/code),aggregate($count as n))&$format=ndjson", """{"groups":{"code":"x"},"n":4}|{"groups":{"code":"y"},"n":4}|{"groups":{"code":"z"},"n":4}|""")]
    public void File_WithNestedApply_ContainsTransformedRows(string url, string expected) => Assert.Equal(expected, GetFile(url));

    [Theory]
    [InlineData("$crossjoin(samples,groups)?$apply=aggregate($count as n)", """[{"n":12}]""")]
    [InlineData("$crossjoin(samples,groups)?$apply=groupby((groups/code),aggregate(samples/whole with max as most))&$filter=most gt 1&$orderby=groups/code desc&$top=1", """[{"groups":{"code":"z"},"most":9}]""")]
    [InlineData("$crossjoin(samples,groups)?$apply=filter(samples/groupCode eq groups/code and groups/active)&$expand=samples($select=id),groups($select=code)&$orderby=samples/id", """[{"samples":{"id":1},"groups":{"code":"x"}},{"samples":{"id":2},"groups":{"code":"x"}}]""")]
    public void CrossJoin_WithApply_IsEvaluated(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Fact]
    public void CrossJoin_WithApplyAndCount_CountsTransformedRows()
    {
        var response = Engine.GetJson("$crossjoin(samples,groups)?$apply=filter(groups/code eq 'x')&$count=true");

        Assert.Equal(4, response.GetProperty("@odata.count").GetInt64());
        Assert.Equal("http://localhost/odata/$metadata#Collection(Edm.ComplexType)", response.GetProperty("@odata.context").GetString());
        Assert.Equal(["samples(1)", "samples(2)", "samples(3)", "samples(4)"], response.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("samples@odata.navigationLink").GetString()));
    }

    // Rows that lack an entity have no link to it.
    [Fact]
    public void CrossJoin_Concat_WritesLinksOfEntitiesOnly()
    {
        var rows = Engine.GetItems("$crossjoin(samples,groups)?$apply=concat(top(1),aggregate($count as n))&$select=n");

        Assert.Contains("samples(1)", rows[0], StringComparison.Ordinal);
        Assert.Equal("""{"n":12}""", rows[1]);
    }

    [Theory]
    [InlineData("samples(1)/parts?$apply=aggregate($count as n)", """[{"n":3}]""")]
    [InlineData("samples(1)/parts?$apply=groupby((label),aggregate(count with sum as n))&$orderby=n&$top=1", """[{"label":"root","n":1}]""")]
    [InlineData("samples(1)/parts?$apply=filter(count gt 1)&$select=count", """[{"count":2},{"count":3}]""")]
    [InlineData("samples(1)/parts?$apply=filter(false)/aggregate($count as n)", """[{"n":0}]""")]
    public void ComplexCollection_WithApply_IsEvaluated(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Fact]
    public void ComplexCollection_WithApply_ListsPropertiesInContext() =>
        Assert.Equal("http://localhost/odata/$metadata#samples(1)/parts(n)", Engine.GetJson("samples(1)/parts?$apply=aggregate($count as n)").GetProperty("@odata.context").GetString());

    [Fact]
    public void ComplexCollection_CountWithApply_CountsTransformedRows() =>
        Assert.Equal("2", Encoding.UTF8.GetString(Engine.Get("samples(1)/parts/$count?$apply=groupby((label))").Body.Span));

    // A collection of primitive values has no properties to aggregate.
    [Theory]
    [InlineData("samples(1)/tags?$apply=aggregate($count as n)")]
    [InlineData("samples(1)/tags/$count?$apply=aggregate($count as n)")]
    public void PrimitiveCollection_WithApply_Returns400(string url) => Assert.Equal((400, "OptionNotAllowed"), Engine.GetError(url));

    private static string GetValue(string url) => Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetProperty("value").GetRawText();

    private static string GetFile(string url)
    {
        var response = Engine.Get(url);
        using var content = new MemoryStream();
        Assert.Equal(200, response.Status);
        response.WriteContentAsync!(content, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(content.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("|");
    }
}
