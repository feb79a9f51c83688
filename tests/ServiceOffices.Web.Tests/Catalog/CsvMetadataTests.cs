using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Catalog;

/// <summary>Tests CSV on the Web metadata: linked by the Link header and consistent with the file.</summary>
public sealed partial class CsvMetadataTests(TwoRevisionsFixture published)
{
    [Theory]
    [InlineData("/downloads/offices.csv")]
    [InlineData("/downloads/1/offices.csv")]
    public async Task Csv_DescribedByLink_ReturnsColumnMetadata(string path)
    {
        var csv = await GetAsync(path);
        var link = csv.Headers.Link.Select(value => DescribedBy().Match(value!)).Single(match => match.Success).Groups[1].Value;

        var response = await GetAsync(new Uri(new Uri("http://localhost" + path), link).AbsolutePath);

        Assert.Equal(200, response.Status);
        Assert.Equal("application/csvm+json", response.Headers.ContentType);
        using var metadata = JsonDocument.Parse(response.Body);
        var root = metadata.RootElement;
        // Metadata Vocabulary for Tabular Data, 5.2 and 5.4: the context, the URL of the file, and columns with the headings as titles.
        Assert.Equal("http://www.w3.org/ns/csvw", root.GetProperty("@context").GetString());
        Assert.Equal("offices.csv", root.GetProperty("url").GetString());
        var columns = root.GetProperty("tableSchema").GetProperty("columns").EnumerateArray().ToArray();
        var header = Encoding.UTF8.GetString(csv.Body).Split("\r\n")[0].Split(',');
        Assert.Equal(header, columns.Select(column => column.GetProperty("titles").GetString()!));
        var names = columns.Select(column => column.GetProperty("name").GetString()!).ToArray();
        Assert.All(names, name => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(["id"], root.GetProperty("tableSchema").GetProperty("primaryKey").EnumerateArray().Select(part => part.GetString()!));
        var latitude = columns.Single(column => column.GetProperty("name").GetString() == "latitude");
        Assert.Equal("double", latitude.GetProperty("datatype").GetString());
        Assert.Equal("Latitud", latitude.GetProperty("dc:title")[0].GetProperty("@value").GetString());
        Assert.Equal("address_postalCode", names[Array.IndexOf(header, "address/postalCode")]);
    }

    // Metadata Vocabulary for Tabular Data, 5.7: the language of the values.
    [Theory]
    [InlineData("offices", "note", "en")]
    [InlineData("offices", "name", "sv")]
    [InlineData("offices", "id", null)]
    [InlineData("events", "note", "en")]
    [InlineData("closings", "note", "en")]
    [InlineData("officialcounts", "note", "en")]
    [InlineData("counties", "nameSv", "sv")]
    [InlineData("counties", "nameEn", "en")]
    public async Task Column_WithLanguage_HasLang(string dataset, string column, string? expected)
    {
        using var metadata = JsonDocument.Parse((await GetAsync($"/downloads/{dataset}.csv-metadata.json")).Body);

        var found = metadata.RootElement.GetProperty("tableSchema").GetProperty("columns").EnumerateArray().Single(each => each.GetProperty("name").GetString() == column);

        Assert.Equal(expected, found.TryGetProperty("lang", out var language) ? language.GetString() : null);
    }

    [Theory]
    [InlineData("/downloads/offices.json")]
    [InlineData("/downloads/offices.geojson")]
    public async Task OtherFormat_Get_HasNoDescribedByLink(string path) =>
        Assert.DoesNotContain((await GetAsync(path)).Headers.Link, value => DescribedBy().IsMatch(value!));

    [Theory]
    [InlineData("/downloads/offices.json-metadata.json")]
    [InlineData("/downloads/nothing.csv-metadata.json")]
    [InlineData("/downloads/-metadata.json")]
    public async Task Metadata_NotCsv_Returns404(string path) => Assert.Equal(404, (await GetAsync(path)).Status);

    private Task<HttpExchange> GetAsync(string path) => HttpExchange.SendAsync(
        new DownloadsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, "GET", [], path);

    [GeneratedRegex("^<([^>]+)>; rel=\"describedby\"; type=\"application/csvm\\+json\"$")]
    private static partial Regex DescribedBy();
}
