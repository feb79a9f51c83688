using System.Text;
using ODataEngine.Formats;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>Properties that rows of $apply lack: they are omitted, null in expressions, and not defined (OData Data Aggregation 4.0, 3.2.3.2 and 3.7).</summary>
public sealed class ApplyAbsentPropertyTests
{
    private static readonly SampleEngine Engine = new(
        [
            new Sample { Id = 1, Text = "a", Whole = 5, Flag = true, GroupCode = "x", Tags = ["t"] },
            new Sample { Id = 2, Text = "b", Whole = 1, GroupCode = "x", ParentId = 1 },
            new Sample { Id = 3, Text = "b", Whole = 9, GroupCode = "y", ParentId = 1 },
        ],
        [new SampleGroup { Code = "x", Name = "X", Active = true }, new SampleGroup { Code = "y", Active = false }],
        new ODataOptions { FileFormats = ExportFormats.ForQueries });

    // 3.2.3.2: a subtotal lacks the property, so that it differs from a group of null.
    [Theory]
    [InlineData("samples?$apply=groupby((rollup(text,flag)),aggregate($count as n))",
        """[{"text":"a","flag":true,"n":1},{"text":"b","flag":null,"n":2},{"text":"a","n":1},{"text":"b","n":2}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))", """[{"text":"a","n":1},{"text":"b","n":2},{"n":3}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,group/code,group/name)),aggregate($count as n))&$filter=n gt 1",
        """[{"group":{"code":"x","name":"X"},"n":2},{"group":{"code":"x"},"n":2},{"n":3}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))&$select=text", """[{"text":"a"},{"text":"b"},{}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))/compute(n add 1 as m)/orderby(n desc)/top(1)", """[{"n":3,"m":4}]""")]
    public void Rollup_Subtotal_LacksProperty(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Theory]
    [InlineData("samples?$apply=concat(groupby((text)),aggregate($count as n))", """[{"text":"a"},{"text":"b"},{"n":3}]""")]
    [InlineData("samples?$apply=concat(groupby((flag)),aggregate($count as n))", """[{"flag":true},{"flag":null},{"n":3}]""")]
    [InlineData("samples?$apply=concat(filter(id eq 2),aggregate($count as n))&$select=id,n&$expand=parent($select=id),children($select=id)", """[{"id":2,"parent":{"id":1},"children":[]},{"n":3}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=concat(groupby((text)),aggregate($count as n)))", """[{"code":"x","samples":[{"text":"a"},{"text":"b"},{"n":2}]}]""")]
    public void Concat_RowsOfDifferentTypes_LackProperties(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Theory]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))&$format=ndjson", """{"text":"a","n":1}|{"text":"b","n":2}|{"n":3}|""")]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))&$compute=n add 1 as m&$select=text,m&$format=ndjson", """{"text":"a","m":2}|{"text":"b","m":3}|{"m":4}|""")]
    [InlineData("samples?$apply=groupby((rollup($all,text)),aggregate($count as n))&$format=csv", "text,n|a,1|b,2|,3|")]
    public void File_Subtotal_LacksProperty(string url, string expected) => Assert.Equal(expected, GetFile(url));

    // 3.7: isdefined is true for a property that is contained, even with the value null.
    [Theory]
    [InlineData("samples?$apply=groupby((rollup($all,flag)),aggregate($count as n))&$filter=isdefined(flag)", """[{"flag":true,"n":1},{"flag":null,"n":2}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,flag)),aggregate($count as n))&$filter=not isdefined(flag)", """[{"n":3}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,flag)),aggregate($count as n))/filter(flag eq null and isdefined($it/flag))", """[{"flag":null,"n":2}]""")]
    [InlineData("samples?$apply=groupby((rollup($all,group/code,group/name)),aggregate($count as n))&$filter=isdefined(group/code) and not isdefined(group/name) and n gt 1", """[{"group":{"code":"x"},"n":2}]""")]
    [InlineData("samples?$apply=groupby((text))&$filter=isdefined(text)", """[{"text":"a"},{"text":"b"}]""")]
    [InlineData("samples?$apply=groupby((text))&$filter=isdefined(whole)", "[]")]
    [InlineData("samples?$filter=isdefined(flag) and isdefined(tags) and isdefined(group)&$select=id", """[{"id":1},{"id":2},{"id":3}]""")]
    public void IsDefined_Property_TestsPresence(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Theory]
    [InlineData("samples?$filter=isdefined(1)", "TypeMismatch")]
    [InlineData("samples?$filter=isdefined(whole add 1)", "TypeMismatch")]
    [InlineData("samples?$filter=isdefined(nope)", "UnknownProperty")]
    [InlineData("samples?$filter=isdefined()", "Syntax")]
    public void IsDefined_NoProperty_Returns400(string url, string code) => Assert.Equal((400, code), Engine.GetError(url));

    // 3.7: what was aggregated away counts as null.
    [Theory]
    [InlineData("samples?$apply=groupby((text))&$filter=whole gt 5", "[]")]
    [InlineData("samples?$apply=groupby((text))&$filter=whole eq null", """[{"text":"a"},{"text":"b"}]""")]
    [InlineData("samples?$apply=groupby((text))&$filter=$it/whole eq null and group/name eq null and not tags/any()", """[{"text":"a"},{"text":"b"}]""")]
    [InlineData("samples?$apply=groupby((group/code))&$filter=group/name eq null", """[{"group":{"code":"x"}},{"group":{"code":"y"}}]""")]
    [InlineData("samples?$apply=groupby((text))&$orderby=whole,text desc", """[{"text":"b"},{"text":"a"}]""")]
    [InlineData("samples?$apply=groupby((text))&$compute=whole add 1 as next", """[{"text":"a","next":null},{"text":"b","next":null}]""")]
    [InlineData("samples?$apply=groupby((text))/filter(whole gt 5)", "[]")]
    [InlineData("samples?$apply=groupby((text))/aggregate(whole with sum as sum,$count as n)", """[{"sum":null,"n":2}]""")]
    [InlineData("samples?$apply=compute(whole add 1 as next)/groupby((text))&$filter=next eq null and text eq 'a'", """[{"text":"a"}]""")]
    [InlineData("groups?$select=code&$top=1&$expand=samples($apply=groupby((text));$filter=whole eq null)", """[{"code":"x","samples":[{"text":"a"},{"text":"b"}]}]""")]
    [InlineData("$crossjoin(samples,groups)?$apply=groupby((groups/code))&$filter=samples/whole eq null", """[{"groups":{"code":"x"}},{"groups":{"code":"y"}}]""")]
    public void Expression_AggregatedAwayProperty_IsNull(string url, string expected) => Assert.Equal(expected, GetValue(url));

    [Theory]
    [InlineData("samples?$apply=groupby((text))&$filter=nope gt 5")]
    [InlineData("samples?$apply=groupby((text))&$select=whole")]
    [InlineData("samples?$apply=groupby((text))/groupby((whole))")]
    [InlineData("samples?$apply=concat(aggregate($count as n),filter(n gt 1))")]
    public void Apply_UnknownProperty_Returns400(string url) => Assert.Equal((400, "UnknownProperty"), Engine.GetError(url));

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
