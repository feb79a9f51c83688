using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using ServiceOffices.Http;
using ServiceOffices.Tests.Feeds;

namespace ServiceOffices.Tests.Http;

public sealed class FeedsEndpointTests(PublishedTwice published)
{
    [Fact]
    public async Task Changes_Get_IsAValidFeedWithTheChangeFirst()
    {
        var answer = await GetAsync("/feeds/changes.atom");

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/atom+xml; charset=utf-8", answer.Headers.ContentType);
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", answer.Headers.CacheControl);
        Assert.Equal("Accept-Encoding,Accept-Language", answer.Headers.Vary.ToString());
        Assert.Equal("sv", answer.Headers.ContentLanguage);
        Assert.Equal("2", answer.Headers["Publication-Revision"]);
        Assert.Equal(PublishedTwice.Second.ToString("R", CultureInfo.InvariantCulture), answer.Headers.LastModified);
        AtomRules.Check(answer.Body);
        var feed = SyndicationFeed.Load(XmlReader.Create(new MemoryStream(answer.Body)));
        Assert.Equal($"Ändrat: {PublishedTwice.NewName}", feed.Items.First().Title.Text);
        Assert.Equal("http://localhost:7071/odata/v1/offices('storuman')", feed.Items.First().Links.Single(link => link.RelationshipType == "alternate").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/feeds/changes.atom?lang=en", "sv", "en")]
    [InlineData("/feeds/changes.atom", "en-GB, sv;q=0.5", "en")]
    [InlineData("/feeds/changes.atom?lang=sv", "en", "sv")]
    public async Task Changes_Language_IsTheOneAskedFor(string path, string acceptLanguage, string expected)
    {
        var answer = await GetAsync(path, ("Accept-Language", acceptLanguage));

        Assert.Equal(expected, answer.Headers.ContentLanguage);
    }

    [Fact]
    public async Task Changes_PollWithNothingNew_Returns304()
    {
        var known = await GetAsync("/feeds/changes.atom");

        var byTag = await GetAsync("/feeds/changes.atom", ("If-None-Match", known.Headers.ETag.ToString()));
        var byDate = await GetAsync("/feeds/changes.atom", ("If-Modified-Since", known.Headers.LastModified.ToString()));

        Assert.Equal((304, 0), (byTag.Status, byTag.Body.Length));
        Assert.Equal((304, 0), (byDate.Status, byDate.Body.Length));
    }

    [Fact]
    public async Task Changes_StatedAddress_IsWhereLinksLead()
    {
        var answer = await Exchange.SendAsync(
            new FeedsEndpoint(published.Boundary, published.Current, new PublicAddress("https://data.example.se/")).AnswerAsync, "GET", [], "/feeds/changes.atom");

        var feed = SyndicationFeed.Load(XmlReader.Create(new MemoryStream(answer.Body)));
        Assert.Equal("https://data.example.se/feeds/changes.atom?lang=sv", feed.Links.Single(link => link.RelationshipType == "self").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/feeds/changes.rss", 404, "There is no feed '/feeds/changes.rss'; there is /feeds/changes.atom.")]
    [InlineData("/feeds/", 404, "There is no feed '/feeds/'; there is /feeds/changes.atom.")]
    [InlineData("/feeds/changes.atom?county=14", 400, "The option 'county' is not known here; allowed: lang.")]
    [InlineData("/feeds/changes.atom?lang=", 400, "lang must be sv or en; got ''.")]
    public async Task Get_Unknown_SaysWhatIsAllowed(string path, int status, string expected)
    {
        var answer = await GetAsync(path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(expected, JsonDocument.Parse(answer.Body).RootElement.GetProperty("detail").GetString());
    }

    private Task<Exchange> GetAsync(string path, params (string Name, string Value)[] headers) => Exchange.SendAsync(
        new FeedsEndpoint(published.Boundary, published.Current, new PublicAddress()).AnswerAsync, "GET", headers, path);
}
