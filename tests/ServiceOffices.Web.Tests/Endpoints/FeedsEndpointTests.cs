using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Endpoints;

public sealed class FeedsEndpointTests(TwoRevisionsFixture published)
{
    [Fact]
    public async Task Changes_Get_IsValidFeedNewestFirst()
    {
        var response = await GetAsync("/feeds/changes.atom");

        Assert.Equal(200, response.Status);
        Assert.Equal("application/atom+xml; charset=utf-8", response.Headers.ContentType);
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", response.Headers.CacheControl);
        Assert.Equal("Accept-Encoding,Accept-Language", response.Headers.Vary.ToString());
        Assert.Equal("sv", response.Headers.ContentLanguage);
        Assert.Equal("2", response.Headers["Publication-Revision"]);
        Assert.Equal(TwoRevisionsFixture.SecondPublishedAt.ToString("R", CultureInfo.InvariantCulture), response.Headers.LastModified);
        AtomFeedValidator.Validate(response.Body);
        var feed = SyndicationFeed.Load(XmlReader.Create(new MemoryStream(response.Body)));
        Assert.Equal($"Servicekontor Storuman heter nu {TwoRevisionsFixture.NewName}", feed.Items.First().Title.Text);
        Assert.Equal("http://localhost:7071/odata/v1/offices('storuman')", feed.Items.First().Links.Single(link => link is { RelationshipType: "alternate", MediaType: "application/json" }).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/feeds/changes.atom?lang=en", "sv", "en")]
    [InlineData("/feeds/changes.atom", "en-GB, sv;q=0.5", "en")]
    [InlineData("/feeds/changes.atom?lang=sv", "en", "sv")]
    public async Task Changes_Language_IsNegotiated(string path, string acceptLanguage, string expected)
    {
        var response = await GetAsync(path, ("Accept-Language", acceptLanguage));

        Assert.Equal(expected, response.Headers.ContentLanguage);
    }

    [Fact]
    public async Task Changes_PollUnchanged_Returns304()
    {
        var known = await GetAsync("/feeds/changes.atom");

        var byTag = await GetAsync("/feeds/changes.atom", ("If-None-Match", known.Headers.ETag.ToString()));
        var byDate = await GetAsync("/feeds/changes.atom", ("If-Modified-Since", known.Headers.LastModified.ToString()));

        Assert.Equal((304, 0), (byTag.Status, byTag.Body.Length));
        Assert.Equal((304, 0), (byDate.Status, byDate.Body.Length));
    }

    [Fact]
    public async Task Changes_PublicUrlSetting_IsUsedInLinks()
    {
        var response = await HttpExchange.SendAsync(
            new FeedsEndpoint(published.Boundary, published.Current, new PublicUrl("https://data.example.se/")).HandleAsync, "GET", [], "/feeds/changes.atom");

        var feed = SyndicationFeed.Load(XmlReader.Create(new MemoryStream(response.Body)));
        Assert.Equal("https://data.example.se/feeds/changes.atom?lang=sv", feed.Links.Single(link => link.RelationshipType == "self").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/feeds/changes.atom?_=1")]
    [InlineData("/feeds/changes.json?utm_source=x&utm_medium=y&utm_medium=z")]
    [InlineData("/feeds/calendar.ics?1764532800")]
    [InlineData("/feeds/changes.atom?nocache=")]
    public async Task Get_CacheBuster_IsIgnored(string path)
    {
        var response = await GetAsync(path);

        Assert.Equal(200, response.Status);
        Assert.Equal((await GetAsync(path[..path.IndexOf('?', StringComparison.Ordinal)])).Body, response.Body);
    }

    private const string Known = "/feeds/changes.atom, /feeds/changes.json, /feeds/calendar.ics and pages of the archive such as /feeds/changes/1.atom";

    [Theory]
    [InlineData("/feeds/changes.rss", 404, $"There is no feed '/feeds/changes.rss'. Available: {Known}.")]
    [InlineData("/feeds/", 404, $"There is no feed '/feeds/'. Available: {Known}.")]
    [InlineData("/feeds/changes/01.atom", 404, $"There is no feed '/feeds/changes/01.atom'. Available: {Known}.")]
    [InlineData("/feeds/changes/99999999999.atom", 404, $"There is no feed '/feeds/changes/99999999999.atom'. Available: {Known}.")]
    [InlineData("/feeds/changes/9.json", 404, "The archive has no page 9. Complete pages: 2, with 50 changes each. Newer changes are in /feeds/changes.json.")]
    [InlineData("/feeds/changes.atom?page=1", 400, "Unknown query option 'page'. Allowed: lang, county, agency.")]
    [InlineData("/feeds/changes.atom?county=14&county=08", 400, "Query option 'county' must occur only once; it occurs 2 times.")]
    [InlineData("/feeds/changes.atom?lang=", 400, "lang must be sv or en; got ''.")]
    [InlineData("/feeds/calendar.ics?county=2", 400, "county must be one of 01, 03, 04, 05, 06, 07, 08, 09, 10, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 25; got '2'.")]
    [InlineData("/feeds/changes.json?county=", 400, "county must be one of 01, 03, 04, 05, 06, 07, 08, 09, 10, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 25; got ''.")]
    [InlineData("/feeds/changes.json?agency=SKV", 400, "agency must be one of arbetsformedlingen, forsakringskassan, migrationsverket, pensionsmyndigheten, skatteverket, statens-servicecenter; got 'SKV'.")]
    public async Task Get_UnknownPathOrOption_ReturnsErrorListingAllowed(string path, int status, string expected)
    {
        var response = await GetAsync(path);

        Assert.Equal(status, response.Status);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
        Assert.Equal(expected, JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/feeds/changes.json", "application/feed+json; charset=utf-8")]
    [InlineData("/feeds/calendar.ics", "text/calendar; charset=utf-8")]
    [InlineData("/feeds/changes.atom?county=24", "application/atom+xml; charset=utf-8")]
    [InlineData("/feeds/changes.json?agency=skatteverket&lang=en", "application/feed+json; charset=utf-8")]
    [InlineData("/feeds/calendar.ics?county=24&agency=skatteverket", "text/calendar; charset=utf-8")]
    [InlineData("/feeds/changes/1.atom", "application/atom+xml; charset=utf-8")]
    public async Task Feed_Any_HasETagAndReturns304WhenUnchanged(string path, string mediaType)
    {
        var response = await GetAsync(path);
        var byTag = await GetAsync(path, ("If-None-Match", response.Headers.ETag.ToString()));
        var byDate = await GetAsync(path, ("If-Modified-Since", response.Headers.LastModified.ToString()));

        Assert.Equal((200, mediaType), (response.Status, response.Headers.ContentType.ToString()));
        Assert.Equal((304, 0), (byTag.Status, byTag.Body.Length));
        Assert.Equal((304, 0), (byDate.Status, byDate.Body.Length));
        Assert.True(byTag.Headers.Sum(header => header.Key.Length + header.Value.ToString().Length + 4) < 700);
    }

    [Fact]
    public async Task Archive_CompletePage_IsImmutable()
    {
        var response = await GetAsync("/feeds/changes/1.atom");

        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl);
        Assert.Equal("1", response.Headers["Publication-Revision"]); // the change of the second publication is the 80th
        Assert.Equal(TwoRevisionsFixture.FirstPublishedAt.ToString("R", CultureInfo.InvariantCulture), response.Headers.LastModified);
        AtomFeedValidator.Validate(response.Body);
    }

    [Fact]
    public async Task Archive_IncompletePage_RedirectsToCurrentDocument()
    {
        var response = await GetAsync("/feeds/changes/3.json?lang=en");
        var filtered = await GetAsync("/feeds/changes/1.atom?county=24");

        Assert.Equal((307, "http://localhost:7071/feeds/changes.json?lang=en"), (response.Status, response.Headers.Location.ToString()));
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", response.Headers.CacheControl);
        Assert.Equal((307, "http://localhost:7071/feeds/changes.atom?lang=sv&county=24"), (filtered.Status, filtered.Headers.Location.ToString()));
    }

    [Fact]
    public async Task County_NoNewChanges_Returns304()
    {
        var other = await GetAsync("/feeds/changes.atom?county=14");
        var vasterbotten = await GetAsync("/feeds/calendar.ics?county=24");

        Assert.Equal(TwoRevisionsFixture.FirstPublishedAt.ToString("R", CultureInfo.InvariantCulture), other.Headers.LastModified);
        Assert.Equal(TwoRevisionsFixture.SecondPublishedAt.ToString("R", CultureInfo.InvariantCulture), vasterbotten.Headers.LastModified);
    }

    [Fact]
    public async Task Feeds_SameEndpoint_AreCachedSeparately()
    {
        // More feeds than the cache holds, each requested twice.
        var endpoint = new FeedsEndpoint(published.Boundary, published.Current, new PublicUrl());
        string[] counties = ["01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23", "24", "25"];
        string[] paths = [.. from county in counties from lang in (string[])["sv", "en"] from feed in (string[])["changes.atom", "changes.json"] select $"/feeds/{feed}?lang={lang}&county={county}"];

        foreach (var path in paths.Concat(paths))
        {
            var response = await HttpExchange.SendAsync(endpoint.HandleAsync, "GET", [], path);

            Assert.Equal((await GetAsync(path)).Body, response.Body);
        }
    }

    // More host names than the cache holds must not make the feeds of others expensive.
    [Fact]
    public async Task Feeds_ManyHostNames_DoNotEvictOwnAddress()
    {
        var endpoint = new FeedsEndpoint(published.Boundary, published.Current, new PublicUrl());
        var first = await GetAllocatedBytesAsync("localhost");
        var cached = await GetAllocatedBytesAsync("localhost");
        for (var i = 0; i < 100; i++)
        {
            await GetAllocatedBytesAsync($"host{i}.example");
        }

        var afterOthers = await GetAllocatedBytesAsync("localhost");

        Assert.InRange(cached, 0, first / 2);
        Assert.InRange(afterOthers, 0, first / 2);

        async Task<long> GetAllocatedBytesAsync(string host)
        {
            var context = new DefaultHttpContext { Request = { Method = "GET", Scheme = "http", Host = new HostString(host), Path = "/feeds/changes.atom" } };
            var before = GC.GetAllocatedBytesForCurrentThread();
            await endpoint.HandleAsync(context);
            Assert.Equal(200, context.Response.StatusCode);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        new FeedsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, "GET", headers, path);
}
