using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.LocalHost.Tests.EndToEnd;

/// <summary>Tests the local host after its first start, with the seed register.</summary>
public sealed partial class EndToEndTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task FirstRequest_AfterStart_SeesPublishedRegister()
    {
        var state = JsonDocument.Parse(await host.GetAsync("/health/ready")).RootElement;

        Assert.Equal("ready", state.GetProperty("status").GetString());
        Assert.Equal(1, state.GetProperty("revision").GetInt64());
    }

    [Fact]
    public async Task TokenRoutes_TokensDisabled_Return404()
    {
        using var response = await host.SendAsync("GET", "/entra/register/offices");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    // Expected numbers: functions/ServiceOffices/Seed/events.csv; 290 municipalities minus the 57 in offices.csv.
    [Theory]
    [InlineData("/odata/v1/events?$filter=kind eq 'proposed'&$count=true&$top=0", 27)]
    [InlineData("/odata/v1/municipalities?$filter=not offices/any()&$count=true&$top=0", 217)]
    public async Task OData_Count_MatchesSeed(string path, int expected)
    {
        var response = JsonDocument.Parse(await host.GetAsync(path)).RootElement;

        Assert.Equal(expected, response.GetProperty("@odata.count").GetInt32());
        Assert.Equal(0, response.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task OData_FilterSelectExpand_ReturnsExpected()
    {
        var response = JsonDocument.Parse(await host.GetAsync(
            "/odata/v1/offices?$filter=status eq 'closed' and countyCode eq '14'&$select=id,name&$expand=municipality($select=name,population)")).RootElement;

        var rows = response.GetProperty("value").EnumerateArray().Select(row =>
            $"{row.GetProperty("id")} {row.GetProperty("name")} {row.GetProperty("municipality").GetProperty("name")} {row.GetProperty("municipality").GetProperty("population")}");
        Assert.Equal(["amal Servicekontor Åmål Åmål 12610", "kungalv Servicekontor Kungälv Kungälv 46336"], rows);
    }

    [Fact]
    public async Task Downloads_Csv_KeepsSwedishLettersAndLeadingZeros()
    {
        var lines = Encoding.UTF8.GetString(await host.GetBytesAsync("/downloads/offices.csv")).TrimStart('\uFEFF').Split("\r\n");

        Assert.Equal(104 + 1 + 1, lines.Length);
        Assert.Contains(lines, line => line.Contains("Järpen", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("borgholm,", StringComparison.Ordinal) && line.Contains(",0885,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Downloads_GeoJson_HasLongitudeBeforeLatitude()
    {
        var collection = JsonDocument.Parse(await host.GetBytesAsync("/downloads/offices.geojson")).RootElement;

        var varnhem = collection.GetProperty("features").EnumerateArray().Single(feature =>
            feature.GetProperty("properties").GetProperty("id").GetString() == "varnhem");
        Assert.Equal("[13,55.60556]", varnhem.GetProperty("geometry").GetProperty("coordinates").GetRawText());
    }

    [Fact]
    public async Task Feed_SeedRegister_HasEntryForEachOffice()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";

        var feed = XDocument.Parse(await host.GetAsync("/feeds/changes.atom"));

        Assert.Equal(atom + "feed", feed.Root!.Name);
        Assert.NotEmpty(feed.Root.Elements(atom + "entry"));
    }

    [Theory]
    [InlineData("/?lang=sv")]
    [InlineData("/en")]
    public async Task Portal_EveryLink_Returns200(string start)
    {
        Queue<string> pages = new([start, "/docs"]);
        HashSet<string> seen = new(pages, StringComparer.Ordinal);
        while (pages.TryDequeue(out var path))
        {
            using var response = await host.SendAsync("GET", path);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {path}");
            if (response.Content.Headers.ContentType!.MediaType != "text/html")
            {
                continue;
            }

            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (Match match in Link().Matches(page))
            {
                var target = new Uri(new Uri(host.Client.BaseAddress!, path), WebUtility.HtmlDecode(match.Groups[1].Value));
                if (target.Authority == host.Client.BaseAddress!.Authority && seen.Add(target.PathAndQuery))
                {
                    pages.Enqueue(target.PathAndQuery);
                }
            }
        }

        Assert.True(seen.Count > 400, $"Only {seen.Count} links were found.");
        Assert.Superset(new HashSet<string>(["/docs/history", "/docs/verify.sh", "/docs/editing", "/docs/openapi.yaml"], StringComparer.Ordinal), seen);
    }

    public static TheoryData<string> PublicResources =>
    [
        "/", "/en/offices", "/kontor/storuman", "/data", "/odata/v1/", "/odata/v1/$metadata", "/odata/v1/offices", "/odata/v1/offices('storuman')", "/odata/v1/offices/$count",
        "/downloads/offices.csv", "/downloads/1/offices.csv", "/downloads/offices.json", "/downloads/offices.geojson",
        "/feeds/changes.atom", "/feeds/changes/1.atom", "/feeds/changes.json", "/feeds/calendar.ics", "/health/live",
    ];

    [Theory]
    [MemberData(nameof(PublicResources))]
    public async Task PublicResource_HeadOptionsAndOtherMethods_AreConsistent(string path)
    {
        using var get = await host.SendAsync("GET", path);
        using var head = await host.SendAsync("HEAD", path);
        using var options = await host.SendAsync("OPTIONS", path, ("Origin", "https://example.se"), ("Access-Control-Request-Method", "GET"));
        using var delete = await host.SendAsync("DELETE", path);

        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal(GetHeaderNames(get), GetHeaderNames(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("*", get.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.StartsWith("GET, HEAD", options.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, delete.StatusCode);
        Assert.NotEmpty(delete.Content.Headers.Allow);
    }

    // More than the default limit of Kestrel, whose error would have no content.
    [Theory]
    [InlineData("/odata/v1/offices/$query", "text/plain")]
    [InlineData("/odata/v1/$batch", "application/json")]
    public async Task Content_OfMoreThanServerLimit_Returns413ThatNamesSetting(string path, string contentType)
    {
        using var content = new ByteArrayContent(new byte[31_000_000]);
        content.Headers.ContentType = new(contentType);

        using var response = await host.Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("Bytes", JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PublicResources))]
    public async Task PublicResource_IfNoneMatch_Returns304(string path)
    {
        using var get = await host.SendAsync("GET", path, ("Accept-Encoding", "gzip, br"));
        if (get.Headers.ETag is not { } tag)
        {
            Assert.Equal("/health/live", path);
            return;
        }

        using var again = await host.SendAsync("GET", path, ("Accept-Encoding", "gzip, br"), ("If-None-Match", tag.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag);
        Assert.Equal(get.Headers.CacheControl?.ToString(), again.Headers.CacheControl?.ToString());
        Assert.Equal(get.Headers.Vary, again.Headers.Vary);
    }

    [Theory]
    [InlineData("/odata/v1/nothing", 404)]
    [InlineData("/odata/v1/offices('nobody')", 404)]
    [InlineData("/odata/v1/offices?$filter=name eq", 400)]
    [InlineData("/odata/v1/offices?$filter=nothing eq 1", 400)]
    [InlineData("/odata/v1/offices?$nothing=1", 400)]
    [InlineData("/odata/v1/offices?$top=-1", 400)]
    [InlineData("/odata/v1/offices?$filter=((((", 400)]
    [InlineData("/odata/v1/offices?$filter=%00", 400)]
    [InlineData("/odata/v1/offices?$filter=%FF%FE", 400)]
    [InlineData("/odata/v1/%2F", 404)]
    [InlineData("/downloads/nothing.csv", 404)]
    [InlineData("/downloads/99/offices.csv", 404)]
    [InlineData("/downloads/1/2/3", 404)]
    [InlineData("/downloads/..%2Foffices.csv", 404)]
    [InlineData("/feeds/nothing", 404)]
    [InlineData("/health/nothing", 404)]
    public async Task BadInput_AnyKind_ReturnsDocumentedError(string path, int status)
    {
        using var response = await host.SendAsync("GET", path);
        var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(status, (int)response.StatusCode);
        if (path.StartsWith("/odata", StringComparison.Ordinal))
        {
            Assert.NotEqual("", body.GetProperty("error").GetProperty("message").GetString());
        }
        else
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.NotEqual("", body.GetProperty("detail").GetString());
        }
    }

    [Theory]
    [InlineData("/hej", "text/html,application/xhtml+xml,*/*;q=0.8", "sv", "text/html")]
    [InlineData("/hej/då", "text/html", "en", "text/html")]
    [InlineData("/docs/hej", "text/html", "sv", "text/html")]
    [InlineData("/health/a/b", "*/*", "sv", "application/problem+json")]
    [InlineData("/hej", "application/json", "sv", "application/problem+json")]
    [InlineData("/hej", null, "sv", "application/problem+json")]
    [InlineData("/docs/hej", null, "sv", "application/problem+json")]
    public async Task UnknownPath_Accept_SelectsPageOrProblem(string path, string? accept, string language, string mediaType)
    {
        (string, string)[] headers = accept is null ? [("Accept-Language", language)] : [("Accept", accept), ("Accept-Language", language)];

        using var response = await host.SendAsync("GET", path, headers);

        Assert.Equal((HttpStatusCode.NotFound, mediaType), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Accept", response.Headers.Vary);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(mediaType == "text/html" ? $"<html lang=\"{language}\"" : "\"status\":404", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PROPFIND")]
    public async Task UnknownPath_AnyMethod_Returns404(string method)
    {
        using var response = await host.SendAsync(method, "/hej");

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("GET", "/register")]
    [InlineData("GET", "/register/offices")]
    [InlineData("PUT", "/register/offices/x")]
    [InlineData("POST", "/register/refresh")]
    [InlineData("GET", "/register/hej")]
    public async Task ProtectedPath_NoKey_Returns401WithChallenge(string method, string path)
    {
        using var response = await host.SendAsync(method, path, ("x-functions-key", "wrong"));

        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("ApiKey realm=\"register\", header=\"x-functions-key\"", response.Headers.WwwAuthenticate.Single().ToString());
        var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("/docs/problems/unauthorized", problem.GetProperty("type").GetString());
        Assert.Contains("x-functions-key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("wrong", 401)]
    [InlineData(RunningHost.Key, 200)]
    public async Task Refresh_FunctionKey_IsRequired(string? key, int status)
    {
        using var response = await host.SendAsync("POST", "/register/refresh", key is null ? [] : [("x-functions-key", key)]);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Refresh_NothingNew_KeepsRevision() =>
        Assert.Equal("""{"revision":1,"changed":false,"changes":0,"rejected":0}""", await host.RefreshAsync());

    private static List<string> GetHeaderNames(HttpResponseMessage response) =>
    [
        .. response.Headers.Concat(response.Content.Headers)
            .Where(field => field.Key is not ("Date" or "Transfer-Encoding"))
            .Select(field => $"{field.Key}: {string.Join(", ", field.Value)}").Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
