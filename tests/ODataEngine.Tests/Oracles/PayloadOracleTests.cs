using System.Text;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.ODataFuzz.Checks;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Oracles;

/// <summary>
/// Reads the answers to random requests with Microsoft.OData.Core in every version and metadata level, and compares their context URLs
/// with the grammar. <c>tests/ODataFuzz payloads</c> runs any number of them.
/// </summary>
public sealed class PayloadOracleTests
{
    [Fact]
    public void Answers_AllKinds_AreReadWithoutProblem()
    {
        var run = new PayloadRun();

        Assert.Empty(run.FindProblems(PayloadRun.Varied(seed: 3), 100));
        Assert.Empty(run.FindProblems(PayloadRun.Transformed(seed: 3), 150));
        Assert.True(run.ReadPayloads > 100, $"Only {run.ReadPayloads} payloads were read.");
    }

    // Requests that failed once. An exception is a status 500.
    [Theory]
    // Complex values of a derived type, after a concatenation with rows of other types.
    [InlineData("samples?$apply=concat(join(children as c),outerjoin(parts as p))/compute(id add 1 as n)")]
    [InlineData("samples?$apply=groupby((size,groupCode),filter(id ge 0))/join(parts as p)")]
    [InlineData("samples?$apply=concat(groupby((details/count),join(children as c)),aggregate(details/note with max as m))")]
    // Entities of a derived type that $expand restricts.
    [InlineData("samples?$expand=group/Sampling.FundedGroup")]
    [InlineData("samples?$expand=leads($select=sum),group/Sampling.FundedGroup($select=sum,name)")]
    // Entities that $apply copied, without their keys.
    [InlineData("groups?$apply=concat(orderby(code)/skip(1),orderby(name)/top(2))&$orderby=active&$select=capacity")]
    // Metadata=none: no links.
    [InlineData("$crossjoin(samples,groups)?$top=2")]
    public void Answer_FormerFailure_IsReadInEachFormat(string url)
    {
        var run = new PayloadRun();
        var (path, query) = (url.Split('?')[0], url.Split('?')[1]);

        var problems = run.FindProblems(Enumerable.Repeat((path, query), 12), 12);

        Assert.Empty(problems);
        Assert.Equal([200], run.Statuses.Keys);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}""", null)]
    [InlineData("""{"a":1,"b":2,"a":3}""", "a")]
    [InlineData("""[{"b":{"x":1,"x":2}}]""", "x")]
    [InlineData("{\"\\u0061\":1,\"a\":2}", "a")]
    public void DuplicateMembers_Json_FindsRepeatedName(string json, string? expected) => Assert.Equal(expected, DuplicateMembers.Find(Encoding.UTF8.GetBytes(json)));

    // ABNF 4.01: contextFragment.
    [Theory]
    [InlineData("samples", "Entities")]
    [InlineData("samples/$entity", "Entity")]
    [InlineData("samples/$delta", "Changes")]
    [InlineData("samples/$deletedEntity", "Other")]
    [InlineData("samples(id,group(code),details/note)", "Entities")]
    [InlineData("samples(parent+(id))/$entity", "Entity")]
    [InlineData("groups/Sampling.FundedGroup(sum)", "Entities")]
    [InlineData("groups(Sampling.FundedGroup/sum,*)", "Entities")]
    [InlineData("samples(1)/details/origin/country", "Property")]
    [InlineData("groups('a%2Fb')/name", "Property")]
    [InlineData("samples(1)/parts(label)", "Property")]
    [InlineData("Collection(Edm.ComplexType)", "Other")]
    [InlineData("Edm.Int32", "Other")]
    [InlineData("samples(total)", "Entities")]
    public void ContextUrl_ValidFragment_IsRecognized(string fragment, string kind) => Assert.Equal(kind, Recognize(fragment)?.Kind.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("samples(id")]
    [InlineData("samples(id,)")]
    [InlineData("samples(nothing)")]
    [InlineData("samples(group/code)")]
    [InlineData("samples(details(note))")]
    [InlineData("samples(group/Sampling.FundedGroup(sum))")]
    [InlineData("samples(sum)")]
    [InlineData("samples(id)/$entity/$delta")]
    [InlineData("samples (id)")]
    [InlineData("samples(id)()")]
    [InlineData("samples()/name")]
    public void ContextUrl_InvalidFragment_IsRejected(string fragment) => Assert.Null(Recognize(fragment));

    [Fact]
    public void ContextUrl_EmptySelectList_IsValidIn401Only()
    {
        Assert.NotNull(new ContextUrlGrammar(SampleModel.Model, [], isVersion401: true).Recognize("samples(group())"));
        Assert.Null(new ContextUrlGrammar(SampleModel.Model, [], isVersion401: false).Recognize("samples(group())"));
    }

    // A check that finds nothing in a broken answer is useless.
    [Theory]
    [InlineData("""{"@odata.context":"http://localhost/odata/$metadata#samples(id)","value":[{"id":1,"id":1}]}""", "two members")]
    [InlineData("""{"@odata.context":"http://localhost/odata/$metadata#samples(x)","value":[]}""", "grammar")]
    [InlineData("""{"@odata.context":"http://localhost/odata/$metadata#samples(id)","value":[{"id":true}]}""", "rejects")]
    [InlineData("""{"@odata.context":"http://localhost/odata/$metadata#samples(id)","value":[{"id":1,"x":1}]}""", "rejects")]
    public void AnswerCheck_BrokenAnswer_FindsProblem(string body, string problem)
    {
        var response = new ODataResponse
        {
            Status = 200, ContentType = "application/json;odata.metadata=minimal", Headers = [("OData-Version", "4.0")], Body = Encoding.UTF8.GetBytes(body),
        };

        Assert.Contains(problem, new AnswerCheck(SampleModel.Model, new Uri(SampleEngine.Root)).FindProblem("", response), StringComparison.Ordinal);
    }

    private static PayloadShape? Recognize(string fragment) => new ContextUrlGrammar(SampleModel.Model, ["total"], isVersion401: true).Recognize(fragment);
}
