using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;
using Sylvan.Data.Csv;

namespace ServiceOffices.Web.Tests.Catalog;

/// <summary>Compares datapackage.json with the rules of Data Package 2 and with the files that it describes.</summary>
public sealed partial class DataPackageTests(TwoRevisionsFixture published)
{
    private static readonly string[] FieldTypes =
        ["string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any"];

    [Theory]
    [InlineData("sv", "Servicekontor som öppna data")]
    [InlineData("en", "Service Offices Open Data")]
    public async Task Package_Get_ConformsToStandard(string language, string title)
    {
        var response = await GetAsync($"/datapackage.json?lang={language}");

        Assert.Equal("application/json", response.Headers.ContentType);
        Assert.Equal(language, response.Headers.ContentLanguage);
        using var package = JsonDocument.Parse(response.Body);
        var root = package.RootElement;
        // Data Package 2: properties of a package, a licence and a contributor.
        Assert.Equal("https://datapackage.org/profiles/2.0/datapackage.json", root.GetProperty("$schema").GetString());
        Assert.Matches(@"^[a-z0-9._-]+$", root.GetProperty("name").GetString());
        Assert.Equal(title, root.GetProperty("title").GetString());
        Assert.Equal("2", root.GetProperty("version").GetString());
        Assert.Equal(TwoRevisionsFixture.SecondPublishedAt, root.GetProperty("created").GetDateTimeOffset());
        Assert.NotEmpty(root.GetProperty("keywords").EnumerateArray());
        Assert.Equal("CC0-1.0", root.GetProperty("licenses")[0].GetProperty("name").GetString());
        Assert.Equal("publisher", root.GetProperty("contributors")[0].GetProperty("roles")[0].GetString());
        foreach (var resource in root.GetProperty("resources").EnumerateArray())
        {
            Assert.Matches(@"^[a-z0-9._-]+$", resource.GetProperty("name").GetString());
            Assert.Matches("^https?://", resource.GetProperty("path").GetString());
            Assert.Matches("^[^:]+:[a-f0-9]{64}$", resource.GetProperty("hash").GetString());
            Assert.Matches("^.+/[^; ]+$", resource.GetProperty("mediatype").GetString());
            CheckSchema(resource, root);
        }
    }

    [Fact]
    public async Task Resources_Files_HaveSizeAndHash()
    {
        using var package = JsonDocument.Parse((await GetAsync("/datapackage.json")).Body);
        var resources = package.RootElement.GetProperty("resources").EnumerateArray().ToArray();
        var files = (await published.PublicationAsync()).Files;

        Assert.Equal(files.Select(file => file.Name), resources.Select(resource => resource.GetProperty("name").GetString()!));
        foreach (var resource in resources)
        {
            var path = new Uri(resource.GetProperty("path").GetString()!).AbsolutePath;
            var response = await HttpExchange.SendAsync(
                new DownloadsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, "GET", [], path);
            Assert.Equal(resource.GetProperty("bytes").GetInt64(), response.Body.Length);
            Assert.Equal(resource.GetProperty("hash").GetString(), "sha256:" + Convert.ToHexStringLower(SHA256.HashData(response.Body)));
            Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl);
        }
    }

    [Fact]
    public async Task Schemas_CsvFiles_ValidateEveryCell()
    {
        using var package = JsonDocument.Parse((await GetAsync("/datapackage.json")).Body);
        var tables = new Dictionary<string, List<Dictionary<string, string>>>();
        var csvs = package.RootElement.GetProperty("resources").EnumerateArray()
            .Where(resource => resource.GetProperty("name").GetString()!.Count(character => character == '.') == 1 && resource.GetProperty("format").GetString() == "csv").ToArray();

        foreach (var resource in csvs)
        {
            var rows = await ReadAsync(new Uri(resource.GetProperty("path").GetString()!).AbsolutePath);
            tables.Add(resource.GetProperty("name").GetString()!, rows.Rows);
            var fields = resource.GetProperty("schema").GetProperty("fields").EnumerateArray().ToArray();
            Assert.Equal(rows.Header, fields.Select(field => field.GetProperty("name").GetString()!));
            foreach (var field in fields)
            {
                CheckCells(field, [.. rows.Rows.Select(row => row[field.GetProperty("name").GetString()!])]);
            }
        }

        Assert.Equal(104, tables["offices.csv"].Count);
        var keys = 0;
        foreach (var resource in csvs)
        {
            var schema = resource.GetProperty("schema");
            var rows = tables[resource.GetProperty("name").GetString()!];
            var key = schema.GetProperty("primaryKey").EnumerateArray().Select(part => part.GetString()!).ToArray();
            Assert.Equal(rows.Count, rows.Select(row => string.Join('\u001f', key.Select(part => row[part]))).Distinct().Count());
            foreach (var link in schema.TryGetProperty("foreignKeys", out var links) ? links.EnumerateArray().ToArray() : [])
            {
                keys++;
                var reference = link.GetProperty("reference");
                var known = tables[reference.GetProperty("resource").GetString()!].Select(row => row[reference.GetProperty("fields").GetString()!]).ToHashSet();
                Assert.All(rows.Select(row => row[link.GetProperty("fields").GetString()!]).Where(value => value != ""), value => Assert.Contains(value, known));
            }
        }

        // offices: municipality, county; events: office; municipalities: county, FA region, nearest office; network size: county.
        Assert.True(keys >= 6, $"Only {keys} foreign keys.");
    }

    private static void CheckSchema(JsonElement resource, JsonElement package)
    {
        if (!resource.TryGetProperty("schema", out var schema))
        {
            Assert.False(resource.TryGetProperty("type", out _));
            return;
        }

        Assert.Equal("table", resource.GetProperty("type").GetString());
        var fields = schema.GetProperty("fields").EnumerateArray().ToArray();
        var names = fields.Select(field => field.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(fields, field => Assert.Contains(field.GetProperty("type").GetString(), FieldTypes));
        Assert.All(schema.GetProperty("primaryKey").EnumerateArray(), part => Assert.Contains(part.GetString(), names));
        Assert.Equal([""], schema.GetProperty("missingValues").EnumerateArray().Select(value => value.GetString()!));
        foreach (var link in schema.TryGetProperty("foreignKeys", out var links) ? links.EnumerateArray().ToArray() : [])
        {
            Assert.Contains(link.GetProperty("fields").GetString(), names);
            Assert.Contains(package.GetProperty("resources").EnumerateArray(), other =>
                other.GetProperty("name").GetString() == link.GetProperty("reference").GetProperty("resource").GetString());
        }
    }

    private static void CheckCells(JsonElement field, string[] cells)
    {
        var name = field.GetProperty("name").GetString();
        var required = field.TryGetProperty("constraints", out var constraints) && constraints.GetProperty("required").GetBoolean();
        var codes = field.TryGetProperty("categories", out var categories)
            ? categories.EnumerateArray().Select(code => code.GetProperty("value").GetString()!).ToHashSet() : null;
        foreach (var cell in cells)
        {
            Assert.False(required && cell.Length == 0, $"{name} is required.");
            if (cell.Length == 0)
            {
                continue;
            }

            Assert.True(codes is null || codes.Contains(cell), $"{name} is '{cell}', which is not a category.");
            Assert.True(field.GetProperty("type").GetString() switch
            {
                "integer" => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
                "number" => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
                "boolean" => cell is "true" or "false",
                "date" => DateOnly.TryParseExact(cell, "yyyy-MM-dd", out _),
                "time" => TimeOnly.TryParseExact(cell, "HH:mm:ss", out _),
                "datetime" => Instant().IsMatch(cell),
                "array" => JsonDocument.Parse(cell).RootElement.ValueKind == JsonValueKind.Array,
                "string" => true,
                var type => throw new InvalidOperationException($"No cell of a CSV file is of the type {type}."),
            }, $"{name}: '{cell}' is no {field.GetProperty("type").GetString()}.");
        }
    }

    private async Task<(string[] Header, List<Dictionary<string, string>> Rows)> ReadAsync(string path)
    {
        var response = await HttpExchange.SendAsync(
            new DownloadsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, "GET", [], path);
        using var text = new StringReader(Encoding.UTF8.GetString(response.Body));
        using var csv = await CsvDataReader.CreateAsync(text);
        var header = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
        var rows = new List<Dictionary<string, string>>();
        while (await csv.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(header.Index().ToDictionary(column => column.Item, column => csv.GetString(column.Index)));
        }

        return (header, rows);
    }

    private Task<HttpExchange> GetAsync(string path) => HttpExchange.SendAsync(
        new DataPackageEndpoint(published.Boundary, published.Current, new PublicUrl(), new CatalogOptions()).HandleAsync, "GET", [], path);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex Instant();
}
