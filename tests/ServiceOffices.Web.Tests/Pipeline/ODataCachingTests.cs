using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.Testing.OData;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>OData replies are cached as the engine states, not by the text of the URL.</summary>
public sealed class ODataCachingTests
{
    private readonly FakeTimeProvider clock = new(SampleEngine.Now);
    private readonly ReplyCache cache = new(1_000_000);
    private readonly ODataEndpoint endpoint;

    public ODataCachingTests()
    {
        var service = new ODataService(SampleModel.Model, new ODataOptions(), new InMemoryTableSource([FixedSamples.Tables]), clock);
        endpoint = new ODataEndpoint(new RequestPipeline(NullLogger<RequestPipeline>.Instance), service, cache, new PublicUrl(null), ODataEndpoint.ServiceRootPath);
    }

    [Theory]
    [InlineData("/odata/v1/samples?$compute=now() as t&$select=id,t")]
    [InlineData("/odata/v1/samples?$compute=%6eow() as t&$select=id,t")]
    [InlineData("/odata/v1/samples?$compute=@p as t&$select=id,t&@p=now()")]
    public async Task Get_TimeDependentQuery_IsComputedAgainForEachRequest(string url)
    {
        var first = await GetAsync(url);
        clock.Advance(TimeSpan.FromHours(1));
        var second = await GetAsync(url);

        Assert.Equal((200, "no-store", "", ""), (first.Status, first.Headers.CacheControl.ToString(), first.Headers.ETag.ToString(), first.Headers.LastModified.ToString()));
        Assert.Equal(TimeSpan.FromHours(1), GetFirstTime(second) - GetFirstTime(first));
        Assert.Equal(0, cache.Bytes);
    }

    [Theory]
    [InlineData("/odata/v1/samples?$filter=contains(name,'now')")]
    [InlineData("/odata/v1/samples?$filter=name eq 'now()'")]
    public async Task Get_StringContainsNow_IsCached(string url)
    {
        var response = await GetAsync(url);

        Assert.Equal((200, CachePolicy.Latest, "W/\"1.40m\""), (response.Status, response.Headers.CacheControl.ToString(), response.Headers.ETag.ToString()));
        Assert.NotEqual(0, cache.Bytes);
    }

    // RFC 9110, 8.8.3: a client's cache must not return three rows for all of them.
    [Theory]
    [InlineData("maxpagesize=3")]
    [InlineData("omit-values=nulls")]
    [InlineData("track-changes")]
    public async Task Get_ETagOfOtherPreference_Returns200(string prefer)
    {
        const string Url = "/odata/v1/samples";
        var preferred = await GetAsync(Url, ("Prefer", prefer));

        // The first reply without the preference is computed, the second comes from the cache.
        foreach (var _ in (int[])[1, 2])
        {
            var plain = await GetAsync(Url, ("If-None-Match", preferred.Headers.ETag.ToString()));
            Assert.Equal(200, plain.Status);
            Assert.NotEqual(preferred.Headers.ETag, plain.Headers.ETag);
        }

        Assert.Equal(304, (await GetAsync(Url, ("Prefer", prefer), ("If-None-Match", preferred.Headers.ETag.ToString()))).Status);
    }

    [Theory]
    [InlineData("OData-Version", "5.0", 400)]
    [InlineData("Isolation", "snapshot", 412)]
    [InlineData("OData-Isolation", "snapshot", 412)]
    public async Task Get_CachedUrlWithInvalidHeader_IsRejected(string header, string value, int expectedStatus)
    {
        await GetAsync("/odata/v1/samples");

        Assert.Equal(expectedStatus, (await GetAsync("/odata/v1/samples", (header, value))).Status);
    }

    private Task<HttpExchange> GetAsync(string url, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(endpoint.HandleAsync, "GET", headers, url);

    private static DateTimeOffset GetFirstTime(HttpExchange response) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(response.Body)).RootElement.GetProperty("value")[0].GetProperty("t").GetDateTimeOffset();
}
