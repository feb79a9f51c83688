using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>$apply and the options after it (OData Data Aggregation 4.0).</summary>
public sealed class ApplyExecutionTests
{
    private static readonly SampleEngine Engine = new(
    [
        new Sample { Id = 1, Text = "a", Whole = 5, Tags = ["x"], ParentId = 2 },
        new Sample { Id = 2, Text = "b", Whole = 1, ParentId = 1 },
    ]);

    [Theory]
    [InlineData("samples?$apply=compute(whole add 1 as next)&$filter=$it/next gt 2&$select=id", """[{"id":1}]""")]
    [InlineData("samples?$apply=compute(whole add 1 as next)&$filter=tags/any(t:$it/next eq 6)&$select=id", """[{"id":1}]""")]
    [InlineData("samples?$apply=compute(whole add 1 as next)&$select=id&$expand=children($filter=whole lt $it/next;$select=id)", """[{"id":1,"children":[{"id":2}]},{"id":2,"children":[]}]""")]
    [InlineData("samples?$apply=concat(identity,aggregate(whole with sum as total))&$filter=$it/total eq null&$select=id", """[{"id":1},{"id":2}]""")]
    public void It_AfterApply_IsTransformedRow(string url, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText());

    [Theory]
    [InlineData("samples?$apply=groupby((text),topcount(1,whole))&$select=id,text,tags", """[{"text":"a","id":1,"tags":["x"]},{"text":"b","id":2,"tags":[]}]""")]
    [InlineData("samples?$apply=groupby((text),concat(topcount(1,whole),aggregate($count as n)))&$select=text,whole,n",
        """[{"text":"a","whole":5,"n":null},{"text":"a","whole":null,"n":1},{"text":"b","whole":1,"n":null},{"text":"b","whole":null,"n":1}]""")]
    public void GroupBy_RowPreservingTransformations_ReturnsRowsOfEachGroup(string url, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText());

    // Circular navigation from a group, grouping by a related entity, and collections without rows.
    [Theory]
    [InlineData("samples?$apply=filter(false)/groupby((flag),join(children as c))", "[]")]
    [InlineData("samples?$apply=filter(false)/groupby((flag),outerjoin(leads as g))", "[]")]
    [InlineData("samples?$apply=concat(filter(id eq 1),groupby((parent/id)))/groupby((parent/id),aggregate($count as n))", """[{"parent":{"id":2},"n":2},{"parent":{"id":1},"n":1}]""")]
    public void Apply_UnusualShapes_ReturnsRows(string url, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText());
}
