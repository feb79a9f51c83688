using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Portal;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Endpoints;

/// <summary>Tests the documentation pages, the pages that errors link to, and the API information.</summary>
public sealed partial class DocsEndpointTests
{
    private static readonly DocsEndpoint Docs = new(new RequestPipeline(NullLogger<RequestPipeline>.Instance));

    public static TheoryData<string> Pages => [.. DocsEndpoint.Paths];

    public static TheoryData<int> Statuses => [400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 416, 422, 428, 429, 431, 500, 501, 503];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_EachLanguage_IsSelfContainedWithValidLinks(string path)
    {
        foreach (var language in (string[])["sv", "en"])
        {
            var response = await GetAsync($"{path}?lang={language}");

            Assert.Equal(200, response.Status);
            Assert.Equal(language, response.Headers.ContentLanguage);
            Assert.Equal(PortalSite.ContentSecurityPolicy, response.Headers.ContentSecurityPolicy);
            var page = Encoding.UTF8.GetString(response.Body);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("(src|rel=\"stylesheet\" href)=\"https?:", page);
            foreach (var link in Links().Matches(page).Select(match => match.Groups[1].Value.Split('#')[0]).Where(link => link != "/docs/data-dictionary").Distinct())
            {
                Assert.Equal(200, (await GetAsync(link)).Status);
            }
        }
    }

    [Fact]
    public async Task Page_GroupedNumbers_DoNotBreak()
    {
        var page = Encoding.UTF8.GetString((await GetAsync("/docs/limits?lang=en")).Body);

        Assert.Contains("<td>20\u00A0000\u00A0000</td>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9] [0-9]{3}(?![0-9])", page);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Problem_EachStatus_TypeLinksToDocumentation(int status)
    {
        var response = await HttpExchange.SendAsync(new HttpProblem(status, "Why.").ToReply());

        var type = JsonDocument.Parse(response.Body).RootElement.GetProperty("type").GetString()!;
        Assert.StartsWith("/docs/problems/", type, StringComparison.Ordinal);
        var page = await GetAsync(type);
        Assert.Equal(200, page.Status);
        Assert.Contains($"({status})", Encoding.UTF8.GetString(page.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problem_UnknownKind_HasTypeAboutBlank()
    {
        var response = await HttpExchange.SendAsync(new HttpProblem(418, "Why.").ToReply());

        Assert.Equal("about:blank", JsonDocument.Parse(response.Body).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task ErrorPage_ODataCodes_MatchEngine()
    {
        var page = WebUtility.HtmlDecode(Encoding.UTF8.GetString((await GetAsync("/docs/problems?lang=en")).Body));

        var documented = ErrorCodes().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value));
        Assert.Equal(ODataErrorCodes.All.Select(error => (error.Code, error.Statuses, error.Description)), documented);
    }

    [Theory]
    [InlineData("/docs/nothing", 404)]
    [InlineData("/docs/problems/nothing", 404)]
    [InlineData("/docs?page=1", 400)]
    [InlineData("/docs?lang=fi", 400)]
    public async Task Page_Unknown_ReturnsError(string path, int status)
    {
        Assert.Equal(status, (await GetAsync(path)).Status);
    }

    [Fact]
    public async Task ApiInfo_Get_HasMembersOfProfile()
    {
        var endpoint = new ApiInfoEndpoint(new RequestPipeline(NullLogger<RequestPipeline>.Instance), new PublicUrl(null));

        var response = await HttpExchange.SendAsync(endpoint.HandleAsync, "GET", [], "/api-info");

        Assert.Equal(200, response.Status);
        var info = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal(["apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"], info.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Service Offices Open Data", info.GetProperty("apiName").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", info.GetProperty("apiVersion").GetString());
        Assert.True(DateOnly.TryParseExact(info.GetProperty("apiReleased").GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.Equal("http://localhost:7071/docs", info.GetProperty("apiDocumentation").GetString());
        // Semantic Versioning, 4: nothing is stable before 1.0.0.
        Assert.Equal(info.GetProperty("apiVersion").GetString()!.StartsWith("0.", StringComparison.Ordinal) ? "beta" : "active", info.GetProperty("apiStatus").GetString());
    }

    [Theory]
    [InlineData("/feeds/old.atom", true)]
    [InlineData("/old/anything", true)]
    [InlineData("/feeds/changes.atom", false)]
    public async Task Deprecation_ConfiguredRoutes_HaveSunsetHeaders(string path, bool ages)
    {
        // RFC 9745, 2.1: 1688169599 is 2023-06-30T23:59:59Z; RFC 8594, 3: format of the Sunset header.
        var since = new DateTimeOffset(2023, 6, 30, 23, 59, 59, TimeSpan.Zero);
        var end = new DateTimeOffset(2024, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var pipeline = new RequestPipeline(NullLogger<RequestPipeline>.Instance, [new Deprecation("/feeds/old.atom", since, end, "/docs/versioning"), new Deprecation("/old/", since, end, "/docs/versioning")]);

        var response = await HttpExchange.SendAsync(
            context => pipeline.ExecuteAsync(context, AllowedMethods.PublicRead, (_, _) => ValueTask.FromResult(new Reply())), "GET", [], path);

        Assert.Equal(ages ? "@1688169599" : "", response.Headers["Deprecation"].ToString());
        Assert.Equal(ages ? "Tue, 31 Dec 2024 23:59:59 GMT" : "", response.Headers["Sunset"].ToString());
        Assert.Equal(
            ages ? ["</docs/versioning>; rel=\"deprecation\"; type=\"text/html\"", "</docs/versioning>; rel=\"sunset\"; type=\"text/html\""] : [],
            response.Headers.Link);
    }

    private static Task<HttpExchange> GetAsync(string path) => HttpExchange.SendAsync(Docs.HandleAsync, "GET", [], path);

    [GeneratedRegex("href=\"(/docs[^\"?]*)")]
    private static partial Regex Links();

    [GeneratedRegex("""<dt id="[A-Za-z]+"><code>([A-Za-z]+)</code> \(([^)]+)\)</dt><dd>([^<]+)</dd>""")]
    private static partial Regex ErrorCodes();
}
