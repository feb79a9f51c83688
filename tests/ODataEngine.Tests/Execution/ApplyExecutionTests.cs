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
        """[{"text":"a","whole":5},{"text":"a","n":1},{"text":"b","whole":1},{"text":"b","n":1}]""")]
    public void GroupBy_RowPreservingTransformations_ReturnsRowsOfEachGroup(string url, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText());

    // Data Aggregation 4.0, 3.3.1: the sum of topsum and bottomsum is any number.
    [Theory]
    [InlineData("topsum(-5,whole)", "[]")]
    [InlineData("bottomsum(-5,whole)", "[]")]
    [InlineData("topsum(5,whole)", """[{"id":1}]""")]
    public void TopSum_AnyNumber_ReturnsRows(string apply, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson($"samples?$apply={apply}&$select=id", ("Accept", "application/json;metadata=none")).GetRawText());

    // Data Aggregation 4.0, 3.3.1: a count is a positive integer, a percentage a positive number up to 100.
    [Theory]
    [InlineData("topcount(0,whole)")]
    [InlineData("bottomcount(0,whole)")]
    [InlineData("topcount(-1,whole)")]
    [InlineData("topcount(1.5,whole)")]
    [InlineData("toppercent(0,whole)")]
    [InlineData("bottompercent(0,whole)")]
    [InlineData("toppercent(101,whole)")]
    public void TopBottom_AmountOutOfRange_Returns400(string apply) =>
        Assert.Equal((400, "InvalidAmount"), Engine.GetError("samples?$apply=" + apply));

    // As for $expand=children,children (OData 4.01 Part 2, 5.1.3), since a member must not occur twice.
    [Theory]
    [InlineData("samples?$apply=expand(children,filter(flag))&$expand=children")]
    [InlineData("samples?$apply=expand(children)&$expand=parent,children&$format=csv")]
    [InlineData("samples?$apply=expand(children)/expand(children,filter(flag))")]
    [InlineData("samples?$apply=expand(children,expand(children),expand(children))")]
    public void Expand_SameNavigationInApply_Returns400(string url) => Assert.Equal((400, "DuplicateOption"), Engine.GetError(url));

    [Fact]
    public void Expand_Star_KeepsExpandOfApply()
    {
        var item = Engine.GetJson("samples?$apply=filter(id eq 1)/expand(children,filter(false))&$expand=*&$select=id").GetProperty("value")[0];

        Assert.Equal(0, item.GetProperty("children").GetArrayLength());
        Assert.Equal(item.EnumerateObject().Select(member => member.Name).Distinct(), item.EnumerateObject().Select(member => member.Name));
    }

    // Circular navigation from a group, grouping by a related entity, and collections without rows.
    [Theory]
    [InlineData("samples?$apply=filter(false)/groupby((flag),join(children as c))", "[]")]
    [InlineData("samples?$apply=filter(false)/groupby((flag),outerjoin(leads as g))", "[]")]
    [InlineData("samples?$apply=concat(filter(id eq 1),groupby((parent/id)))/groupby((parent/id),aggregate($count as n))", """[{"parent":{"id":2},"n":2},{"parent":{"id":1},"n":1}]""")]
    public void Apply_UnusualShapes_ReturnsRows(string url, string expected) =>
        Assert.Equal($$"""{"value":{{expected}}}""", Engine.GetJson(url, ("Accept", "application/json;metadata=none")).GetRawText());
}
