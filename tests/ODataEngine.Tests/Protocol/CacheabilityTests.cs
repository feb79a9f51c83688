using ODataEngine.Protocol;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;

namespace ODataEngine.Tests.Protocol;

/// <summary>The properties of a response for caches: its dependency on the clock, and the tag of its representation.</summary>
public sealed class CacheabilityTests
{
    private static readonly SampleEngine Engine = new(null, FixedSamples.Tables);

    [Theory]
    [InlineData("samples?$compute=now() as t&$select=id,t")]
    [InlineData("samples?$compute=%6eow() as t&$select=id,t")]
    [InlineData("samples?$compute=NOW() as t&$select=id,t")]
    [InlineData("samples?$filter=changed lt now()")]
    [InlineData("samples?$filter=changed lt @p&@p=now()")]
    [InlineData("samples?$filter=year(changed) eq year(n%6Fw())")]
    [InlineData("samples?$orderby=now() sub changed")]
    [InlineData("samples?$expand=children($filter=changed lt now())")]
    [InlineData("samples?$expand=children($compute=now() as t;$select=t)")]
    [InlineData("samples?$apply=filter(changed lt now())/aggregate($count as n)")]
    [InlineData("samples?$filter=children/any(c:c/changed lt now())")]
    [InlineData("samples/$filter(changed lt now())")]
    [InlineData("samples/$filter(@p)?@p=changed lt now()")]
    [InlineData("samples/$filter(changed lt now())/$count")]
    [InlineData("$crossjoin(samples,groups)?$filter=samples/changed lt now()")]
    [InlineData("samples?$compute=now() as t&$select=id,t&revision=1")]
    public void Get_QueryCallsNow_IsTimeDependent(string url)
    {
        var response = Engine.Get(url);

        Assert.Equal((200, true, false, false), (response.Status, response.IsTimeDependent, response.IsCacheable, response.IsImmutable));
        Assert.Null(response.ETag);
        Assert.Null(response.LastModified);
    }

    [Theory]
    [InlineData("samples")]
    [InlineData("samples?$filter=contains(name,'now')")]
    [InlineData("samples?$filter=name eq 'now()'")]
    [InlineData("samples?$search=now")]
    [InlineData("samples?$compute=id add 1 as now&$select=now")]
    [InlineData("samples?$filter=id eq 1&@unused=now()")]
    [InlineData("samples?$filter=changed lt maxdatetime() and changed gt mindatetime()")]
    public void Get_QueryWithoutCallOfNow_IsCacheable(string url)
    {
        var response = Engine.Get(url);

        Assert.Equal((200, false, true), (response.Status, response.IsTimeDependent, response.IsCacheable));
        Assert.Equal("W/\"1.40m\"", response.ETag);
    }

    [Fact]
    public void Query_BodyCallsNow_IsTimeDependent()
    {
        var response = Engine.Query("samples", "$filter=changed lt now()");

        Assert.Equal((200, true, null), (response.Status, response.IsTimeDependent, response.ETag));
    }

    // RFC 9110, 8.8.3: a tag belongs to one representation of those that Vary distinguishes.
    [Theory]
    [InlineData("Prefer", "maxpagesize=3", "W/\"1.40m.3\"")]
    [InlineData("Prefer", "odata.maxpagesize=3", "W/\"1.40m.3\"")]
    [InlineData("Prefer", "omit-values=nulls", "W/\"1.40m.o\"")]
    [InlineData("Prefer", "track-changes", "W/\"1.40m.t\"")]
    [InlineData("Prefer", "maxpagesize=3, track-changes, omit-values=nulls", "W/\"1.40m.3ot\"")]
    [InlineData("OData-MaxVersion", "4.01", "W/\"1.41m\"")]
    [InlineData("Accept", "application/json;metadata=full", "W/\"1.40f\"")]
    [InlineData("Accept", "application/json;IEEE754Compatible=true", "W/\"1.40ms\"")]
    public void Get_IfNoneMatchOfOtherRepresentation_Returns200(string header, string value, string expectedETag)
    {
        var selected = Engine.Get("samples?$select=id", (header, value));

        Assert.Equal(expectedETag, selected.ETag);
        Assert.Equal(200, Engine.Get("samples?$select=id", ("If-None-Match", expectedETag)).Status);
        Assert.Equal(200, Engine.Get("samples?$select=id", (header, value), ("If-None-Match", "W/\"1.40m\"")).Status);
        Assert.Equal(304, Engine.Get("samples?$select=id", (header, value), ("If-None-Match", expectedETag)).Status);
    }

    [Theory]
    [InlineData("maxpagesize=10000")]
    [InlineData("maxpagesize=0")]
    [InlineData("omit-values=defaults")]
    [InlineData("return=minimal, continue-on-error")]
    public void Get_PreferenceWithoutEffect_HasSameETag(string prefer)
    {
        Assert.Equal("W/\"1.40m\"", Engine.Get("samples", ("Prefer", prefer)).ETag);
    }

    [Fact]
    public void Get_Vary_ListsSelectingHeaders()
    {
        Assert.Equal(["Accept", "OData-MaxVersion", "Prefer"], SelectingHeaders.Vary);
        Assert.Equal(SelectingHeaders.Vary, Engine.Get("samples").Vary);
        Assert.Equal(SelectingHeaders.Vary, Engine.Get("$metadata").Vary);
        Assert.Empty(Engine.Get("nothing").Vary);
    }
}
