using System.Text;
using System.Text.Json;
using ODataEngine.Formats;
using ServiceOffices.Schema;
using ServiceOffices.Testing;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Catalog;

/// <summary>Reads the catalog with independent parsers and a SHACL validator.</summary>
public sealed class DcatTests(TwoRevisionsFixture published)
{
    private const string Root = "http://localhost:7071/datasets/dcat";
    private const string Dcterms = "http://purl.org/dc/terms/";
    private const string Dcat = "http://www.w3.org/ns/dcat#";

    private static readonly Dictionary<string, string> FormatRule = new()
    {
        [""] = "sh:nodeKind sh:IRI",
        ["?profile=dcat-ap-se"] = "sh:datatype <http://www.w3.org/2001/XMLSchema#string> ; sh:pattern \"^[a-z]+/[^;/ ]+$\"",
    };

    [Theory]
    [InlineData("")]
    [InlineData("?profile=dcat-ap-se")]
    public async Task Catalog_EachSyntax_ConformsAndIsEqual(string profile)
    {
        var documents = await ReadAsync(profile, new CatalogOptions());

        Assert.All(documents, document => Assert.Empty(document.Findings));
        Assert.All(documents, document => Assert.Equal(documents[0].Quads, document.Quads));
        Assert.True(documents[0].Quads.Length > 500);
        Assert.DoesNotContain(documents[0].Quads, quad => quad.Contains("_:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Catalog_AllSettings_ConformsAndIncludesThem()
    {
        var options = new CatalogOptions
        {
            Title = new("\"Offices\" & <more>", "Kontor \\ åäö"),
            PublisherName = new("The Agency", "Myndigheten"),
            PublisherType = "NationalAuthority",
            PublisherUri = "http://dataportal.se/organisation/SE2021000000",
            PublisherPage = "https://example.se/",
            ContactName = "Öppna data",
            ContactEmail = "data@example.se",
            ContactPage = "https://example.se/kontakt",
            Themes = "GOVE",
            Frequency = "DAILY",
            Availability = "STABLE",
        };

        var documents = await ReadAsync("", options);

        Assert.All(documents, document => Assert.Empty(document.Findings));
        Assert.All(documents, document => Assert.Equal(documents[0].Quads, document.Quads));
        Assert.Contains($"<{Root}#catalog> <{Dcterms}title> \"\\\"Offices\\\" & <more>\"@en .", documents[0].Quads);
        Assert.Contains($"<{Root}#catalog> <{Dcterms}title> \"Kontor \\\\ åäö\"@sv .", documents[0].Quads);
        Assert.Contains($"<{Root}#catalog> <{Dcterms}publisher> <http://dataportal.se/organisation/SE2021000000> .", documents[0].Quads);
        Assert.Contains($"<{Root}#contact> <http://www.w3.org/2006/vcard/ns#hasEmail> <mailto:data@example.se> .", documents[0].Quads);
    }

    [Fact]
    public async Task Catalog_WithDefect_FailsValidation()
    {
        var turtle = Encoding.UTF8.GetString((await GetAsync(Root + ".ttl")).Body);

        var valid = await CheckAsync("", ("whole.ttl", turtle));
        var broken = await CheckAsync("", ("broken.ttl", turtle.Replace("dcterms:publisher", "dcterms:creator", StringComparison.Ordinal)));

        Assert.Empty(valid[0].Findings);
        Assert.Contains($"Violation {Root}#dataset-offices publisher MinCountConstraintComponent", broken[0].Findings);
    }

    [Fact]
    public async Task Distributions_Catalog_IncludeFilesAndApi()
    {
        var quads = (await CheckAsync("", ("catalog.ttl", Encoding.UTF8.GetString((await GetAsync(Root + ".ttl")).Body))))[0].Quads;

        var urls = quads.Where(quad => quad.Contains($"<{Dcat}downloadURL>", StringComparison.Ordinal)).Select(quad => quad.Split('<', '>')[5]);
        var expected = RegisterModel.Model.Sets.Where(set => set.Name != FileSchema.SetName).SelectMany(set => ExportFormats.All
            .Where(format => format.GetUnsupportedReason(set.Type) is null)
            .Select(format => $"http://localhost:7071/downloads/{set.Name}.{format.Name}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), urls.Order(StringComparer.Ordinal));
        Assert.All(RegisterModel.Model.Sets, set => Assert.Contains(
            $"<{Root}#distribution-{set.Name}-odata> <{Dcat}accessURL> <http://localhost:7071/odata/v1/{set.Name}> .", quads));
        Assert.Contains($"<{Root}#service-odata> <{Dcat}endpointDescription> <http://localhost:7071/openapi.json> .", quads);
        Assert.Contains($"<{Root}#service-odata> <{Dcat}endpointDescription> <http://localhost:7071/odata/v1/$metadata> .", quads);
        // The first event of the seed register is of 2018-05-31; the dataset of a publication begins with it.
        Assert.Contains(quads, quad => quad.StartsWith($"<{Root}#period-publications> <{Dcat}startDate> \"2026-11-23\"", StringComparison.Ordinal));
        var firstEvent = (await published.PublicationAsync()).Register.Events.Min(e => e.On);
        Assert.Contains(quads, quad => quad.StartsWith($"<{Root}#period-offices> <{Dcat}startDate> \"{firstEvent:yyyy-MM-dd}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/datasets/dcat", "", "application/rdf+xml")]
    [InlineData("/datasets/dcat/", "", "application/rdf+xml")]
    [InlineData("/datasets/dcat", "application/rdf+xml", "application/rdf+xml")]
    [InlineData("/datasets/dcat", "text/turtle, application/rdf+xml;q=0.5", "text/turtle")]
    [InlineData("/datasets/dcat", "application/ld+json", "application/ld+json")]
    [InlineData("/datasets/dcat", "text/html,application/xhtml+xml,*/*;q=0.8", "application/rdf+xml")]
    [InlineData("/datasets/dcat.rdf", "text/turtle", "application/rdf+xml")]
    [InlineData("/datasets/dcat.ttl", "", "text/turtle")]
    [InlineData("/datasets/dcat.jsonld", "", "application/ld+json")]
    public async Task Get_AcceptOrExtension_SelectsSyntax(string path, string accept, string mediaType)
    {
        var response = await GetAsync(path, ("Accept", accept));

        Assert.Equal(200, response.Status);
        Assert.Equal(mediaType, response.Headers.ContentType);
        Assert.Equal("Accept-Encoding,Accept", response.Headers.Vary.ToString());
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", response.Headers.CacheControl);
        Assert.Equal("2", response.Headers["Publication-Revision"]);
        var again = await GetAsync(path, ("Accept", accept), ("If-None-Match", response.Headers.ETag.ToString()));
        Assert.Equal(304, again.Status);
    }

    [Theory]
    [InlineData("/datasets/dcat.xml", 404, "'/datasets/dcat.xml' does not exist. Available: /datasets/dcat, /datasets/dcat.rdf, /datasets/dcat.ttl, /datasets/dcat.jsonld, /datasets/schema.jsonld.")]
    [InlineData("/datasets/", 404, "'/datasets/' does not exist.")]
    [InlineData("/datasets/dcat?profile=de", 400, "profile must be dcat-ap-se or absent; got 'de'.")]
    [InlineData("/datasets/dcat?format=ttl&_=1", 400, "Unknown query option 'format'. Allowed: profile.")]
    [InlineData("/datasets/dcat?format=ttl", 400, "Unknown query option 'format'. Allowed: profile.")]
    public async Task Get_Unknown_ReturnsErrorListingFormats(string path, int status, string expected)
    {
        var response = await GetAsync(path);

        Assert.Equal(status, response.Status);
        Assert.StartsWith(expected, JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<Document[]> ReadAsync(string profile, CatalogOptions options)
    {
        var files = new List<(string, string)>();
        foreach (var syntax in DcatFormat.All)
        {
            var response = await SendAsync($"/datasets/dcat.{syntax.Extension}{profile}", options);
            files.Add(($"catalog.{syntax.Extension}", Encoding.UTF8.GetString(response.Body)));
        }

        return await CheckAsync(profile, [.. files]);
    }

    private static async Task<Document[]> CheckAsync(string profile, params (string Name, string Text)[] documents)
    {
        var folder = Directory.CreateTempSubdirectory("dcat-");
        try
        {
            var shapes = await File.ReadAllTextAsync(Repository.PathTo("tests", "Schemas", "dcat.shacl.ttl"));
            var paths = new List<string>();
            foreach (var (name, text) in documents.Prepend(("shapes.ttl", shapes.Replace("FORMAT .", FormatRule[profile] + " .", StringComparison.Ordinal))))
            {
                paths.Add(Path.Combine(folder.FullName, name));
                await File.WriteAllTextAsync(paths[^1], text);
            }

            var response = await NodeTool.RunAsync("rdf.mjs", [.. paths]);
            return JsonSerializer.Deserialize<Document[]>(response, JsonSerializerOptions.Web)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(path.Replace("http://localhost:7071", "", StringComparison.Ordinal), new CatalogOptions(), headers);

    private Task<HttpExchange> SendAsync(string path, CatalogOptions options, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        new DatasetsEndpoint(published.Boundary, published.Current, new PublicUrl(), options).HandleAsync, "GET", headers, path);

    /// <summary>The output of tests/rdf.mjs for a document.</summary>
    private sealed record Document(string[] Quads, string[] Findings);
}
