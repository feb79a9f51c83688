using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>
/// Tests the responses of the running host that Front Door caches by the rules of frontDoorRoute.bicep. Front Door caches one response per
/// URL and ignores Vary, so two requests that share a cache entry must get the same response.
/// </summary>
public sealed class EdgeCacheTests : IClassFixture<CompiledTemplate>, IClassFixture<RunningHost>
{
    private static readonly string[] Accepts = ["*/*", "text/html", "application/json", "application/json;odata.metadata=full", "text/csv", "text/turtle"];
    private static readonly string?[] Languages = [null, "sv", "en"];
    private static readonly string?[] Preferences = [null, "odata.maxpagesize=1"];
    private static readonly string?[] Versions = [null, "4.0"];

    private readonly HttpClient client;
    private readonly List<Rule> rules;

    public EdgeCacheTests(CompiledTemplate compiled, RunningHost host)
    {
        BicepCompiler.SkipUnlessAvailable();
        client = host.Client;
        rules = [.. compiled.Module("frontDoorRoute").GetProperty("variables").GetProperty("kept").EnumerateArray().Select(Rule.Parse)];
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/kontor")]
    [InlineData("/kontor/storuman")]
    [InlineData("/utveckling")]
    [InlineData("/utvecklare")]
    [InlineData("/data")]
    [InlineData("/om/integritet")]
    [InlineData("/en")]
    [InlineData("/en/offices/storuman")]
    [InlineData("/odata/v1/")]
    [InlineData("/odata/v1/$metadata")]
    [InlineData("/odata/v1/offices?$top=2")]
    [InlineData("/odata/v1/offices/$count")]
    [InlineData("/odata/v1/offices('storuman')")]
    [InlineData("/downloads/")]
    [InlineData("/downloads/1/")]
    [InlineData("/downloads/offices.csv")]
    [InlineData("/downloads/1/offices.csv")]
    [InlineData("/feeds/changes.atom")]
    [InlineData("/feeds/changes.json")]
    [InlineData("/feeds/calendar.ics")]
    [InlineData("/datasets/dcat")]
    [InlineData("/datasets/dcat.ttl")]
    [InlineData("/datasets/schema.jsonld")]
    [InlineData("/datapackage.json")]
    [InlineData("/publications/")]
    [InlineData("/publications/1/manifest.json")]
    [InlineData("/docs")]
    [InlineData("/docs/api")]
    [InlineData("/docs/data-dictionary")]
    [InlineData("/openapi.json")]
    [InlineData("/api-info")]
    public async Task Response_CachedAtEdge_IsEqualForSharedKey(string url)
    {
        var responses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in Requests().Where(fields => IsCached(url, fields)))
        {
            responses.Add(await GetResponseAsync(url, fields));
        }

        Assert.InRange(responses.Count, 0, 1);
    }

    [Theory]
    [InlineData(true, "/odata/v1/offices?$top=2")]
    [InlineData(true, "/downloads/offices.csv")]
    [InlineData(true, "/feeds/changes.atom")]
    [InlineData(true, "/datasets/dcat")]
    [InlineData(true, "/kontor/storuman")]
    [InlineData(false, "/downloads/")]
    [InlineData(false, "/")]
    [InlineData(false, "/register/offices")]
    public void Request_WithoutPreferences_SharesCachedResponse(bool isKept, string url) =>
        Assert.Equal(isKept, IsCached(url, new() { ["Accept"] = "*/*" }));

    private static IEnumerable<Dictionary<string, string?>> Requests() =>
        from accept in Accepts
        from language in Languages
        from preference in Preferences
        from version in Versions
        select new Dictionary<string, string?> { ["Accept"] = accept, ["Accept-Language"] = language, ["Prefer"] = preference, ["OData-MaxVersion"] = version };

    private bool IsCached(string url, Dictionary<string, string?> fields) => rules.Any(rule => rule.Matches(url.Split('?')[0].TrimStart('/'), fields));

    private async Task<string> GetResponseAsync(string url, Dictionary<string, string?> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, Cancel);
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        return $"{(int)response.StatusCode} {type} {Convert.ToHexString(SHA256.HashData(await response.Content.ReadAsByteArrayAsync(Cancel)))}";
    }

    /// <summary>A rule of the template; all of its conditions must match.</summary>
    private sealed record Rule(string[] Paths, bool IsOfFiles, string[] Accept, string[] Without)
    {
        public static Rule Parse(JsonElement rule) =>
            new(Texts(rule, "paths"), rule.GetProperty("files").GetBoolean(), Texts(rule, "accept"), Texts(rule, "without"));

        public bool Matches(string path, Dictionary<string, string?> fields) =>
            Paths.Any(begin => path.StartsWith(begin, StringComparison.Ordinal))
            && (!IsOfFiles || Path.HasExtension(path))
            && (Accept.Length == 0 || Accept.Contains(fields["Accept"]))
            && Without.All(name => fields.GetValueOrDefault(name) is null);

        private static string[] Texts(JsonElement rule, string name) => [.. rule.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
    }
}
