using System.Text;
using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Execution;

/// <summary>The limits on the work of one request (docs/limits.md).</summary>
public sealed class QueryLimitTests
{
    private static readonly SampleRows Rows = new(seed: 7, samples: 50, groups: 3);

    [Theory]
    [InlineData("samples?$filter=$root/samples/any(a:a/id ge 0 and $root/samples/any(b:b/id lt 0))")]
    [InlineData("samples?$filter=$root/samples/$count($filter=$root/samples/$count($filter=id lt 0) eq 1) gt 0")]
    [InlineData("samples?$filter=$root/samples/$filter($root/samples/any(b:b/id lt 0))/any()")]
    [InlineData("samples?$orderby=$root/samples/$count($filter=$root/samples/any(b:b/id lt 0))")]
    [InlineData("samples?$compute=$root/samples/$count($filter=$root/samples/any(b:b/id lt 0)) as n")]
    [InlineData("samples?$expand=group($expand=samples($filter=$root/samples/any(a:$root/samples/any(b:b/id lt 0))))")]
    public void Steps_AboveLimit_AreRejected(string url)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new ODataLimits { MaxSteps = 20_000 } });

        var response = engine.Get(url);

        Assert.Equal(400, response.Status);
        Assert.Contains("(MaxSteps)", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples?$filter=id ge 0")]
    [InlineData("samples?$filter=$root/samples/any(a:a/id ge 0 and $root/samples/any(b:b/id lt 0))")]
    [InlineData("samples?$apply=groupby((name),aggregate($count as n))")]
    public void Time_AboveLimit_CancelsQuery(string url)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new ODataLimits { MaxMilliseconds = 0 } });

        var response = engine.Get(url);

        Assert.Equal(400, response.Status);
        Assert.Contains("takes longer than 0 milliseconds (MaxMilliseconds)", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples?$filter=$root/samples/any(a:a/id lt 0)")]
    [InlineData("samples?$expand=group($expand=samples)&$orderby=name,text")]
    public void Steps_WithinLimit_AreAllowed(string url)
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new ODataLimits { MaxSteps = 20_000 } });

        Assert.Equal(200, engine.Get(url).Status);
    }

    [Fact]
    public void ExpandedEntities_AboveLimit_AreRejected()
    {
        var engine = new SampleEngine(Rows.Samples, Rows.Groups, new ODataOptions { Limits = new ODataLimits { MaxExpandedEntities = 100 } });

        var response = engine.Get("groups?$expand=samples($expand=group($expand=samples))");

        Assert.Equal(400, response.Status);
        Assert.Contains("(MaxExpandedEntities)", Encoding.UTF8.GetString(response.Body.Span), StringComparison.Ordinal);
        Assert.Equal(200, engine.Get("groups?$expand=samples").Status);
    }

    [Fact]
    public void Levels_Max_StopsAtMaxExpandDepth()
    {
        var engine = new SampleEngine([new Sample { Id = 0, Text = "", ParentId = 0 }]);

        var text = Encoding.UTF8.GetString(engine.Get("samples?$select=id&$expand=parent($levels=max;$select=id)").Body.Span);

        Assert.Equal(5, text.Split("\"parent\":{").Length - 1);
    }
}
