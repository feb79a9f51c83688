using System.Text.Json.Nodes;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Checks openapi.yaml with independent linters: spectral with the rules of DIGG's profile, and redocly.</summary>
public sealed class LintTests
{
    [Fact]
    public async Task Yaml_SpectralAndRedocly_HaveNoFindings() =>
        Assert.Equal("spectral: 0 findings, redocly: 0 findings\n", await NodeTool.RunAsync("lint-openapi.mjs", OpenApiContract.Path));

    [Fact]
    public async Task Rules_BrokenContract_ReportEachFinding()
    {
        using var folder = new TemporaryFolder();
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathTo("openapi", "openapi.json"), TestContext.Current.CancellationToken))!;
        var info = document["info"]!.AsObject();
        info.Remove("contact");
        info.Remove("x-sla");
        info.Remove("x-limitations");
        var paths = document["paths"]!.AsObject();
        paths.Remove("/api-info");
        var live = paths["/health/live"]!.DeepClone();
        paths["/Health_Live"] = live;
        live["get"]!.AsObject().Remove("x-summary-sv");
        live["get"]!.AsObject().Remove("description");
        live["get"]!["requestBody"] = JsonNode.Parse("""{"content":{"text/plain":{}}}""");
        live["get"]!["responses"]!["200"]!.AsObject().Remove("description");
        live["get"]!["responses"]!.AsObject().Remove("412");
        var components = document["components"]!;
        components["schemas"]!["Problem"]!["properties"]!.AsObject().Remove("instance");
        components["schemas"]!["Listing"]!["properties"]!["file_count"] = JsonNode.Parse("""{"type":"integer"}""");
        components["responses"]!["BadRequest"]!["content"] = JsonNode.Parse("""{"text/plain":{}}""");
        components["parameters"]!["skip"]!["name"] = "1skip";
        components["securitySchemes"]!["accessToken"] = JsonNode.Parse("""{"type":"http","scheme":"basic"}""");
        components["securitySchemes"]!["functionKey"]!["in"] = "query";
        var path = Path.Combine(Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!).FullName, "broken.json");
        await File.WriteAllTextAsync(path, document.ToJsonString(), TestContext.Current.CancellationToken);

        var findings = await NodeTool.RunAsync("lint-openapi.mjs", path);

        Assert.All(
            (string[])
            [
                "client-errors-documented", "digg-dok-03", "digg-dok-06", "digg-dok-08", "digg-dok-09", "digg-dok-19", "digg-dok-20", "digg-ver-06",
                "digg-fel-01", "digg-fel-02", "digg-res-06", "digg-ame-05", "digg-fns-03", "digg-sak-09", "digg-sak-16", "digg-for-02",
            ],
            rule => Assert.Contains($"spectral {rule} ", findings, StringComparison.Ordinal));
    }
}
