using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ODataEngine.Formats;
using ODataEngine.Formats.Geo;
using ODataEngine.Formats.Parquet;
using ODataEngine.Formats.Rdf;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;
using ServiceOffices.Testing;
using ServiceOffices.Web.Tests.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Downloads;

/// <summary>Reads each file with an independent reader and compares every value with the JSON response for the same rows.</summary>
public sealed partial class ReadBackTests(TwoRevisionsFixture published) : IDisposable
{
    private const string Root = "http://localhost:7071/odata/v1/";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Sets => ["offices", "events", "municipalities", "agencies", "changes", "networksize", "edgecases"];

    public static TheoryData<string> Places => ["offices", "municipalities", "edgecases"];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Csv_ReadByDuckDb_MatchesODataResponse(string set)
    {
        var table = await TableAsync(set);
        var path = await WriteAsync(new CsvFormat(), table);

        var rows = await DuckDbAsync($"SELECT * FROM read_csv('{path}', header = true, all_varchar = true, allow_quoted_nulls = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', auto_detect = false, columns = {{{string.Join(", ", FlatColumn.FromTable(table).Select(column => $"'{column.Name}': 'VARCHAR'"))}}})");

        var expected = GetJsonRows(table).Select(Flatten).ToList();
        Assert.Equal(expected.Count, rows.Count);
        foreach (var (row, read) in expected.Zip(rows))
        {
            Assert.Equal(row, read.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Parquet_ReadByDuckDb_MatchesODataResponse(string set)
    {
        var table = await TableAsync(set);
        var path = await WriteAsync(new ParquetFormat(), table);

        var rows = await DuckDbAsync($"SELECT * FROM read_parquet('{path}')");

        var expected = GetJsonRows(table);
        Assert.Equal(expected.Count, rows.Count);
        foreach (var (row, read) in expected.Zip(rows))
        {
            Assert.True(SameTyped(row, read), $"{row}\n{read}");
        }
    }

    [Fact]
    public async Task Parquet_ReadByDuckDb_HasTypesAndWkb()
    {
        var path = await WriteAsync(new ParquetFormat(), await TableAsync("offices"));

        var types = await DuckDbAsync($"SELECT column_name AS name, column_type AS type FROM (DESCRIBE SELECT * FROM read_parquet('{path}'))");
        var places = await DuckDbAsync($"SELECT id, location::VARCHAR AS wkt, latitude, longitude FROM read_parquet('{path}') WHERE location IS NOT NULL");
        var geo = await DuckDbAsync($"SELECT decode(value) AS value FROM parquet_kv_metadata('{path}') WHERE decode(key) = 'geo'");

        string Type(string name) => types.Single(row => row.GetProperty("name").GetString() == name).GetProperty("type").GetString()!;
        Assert.Equal("VARCHAR", Type("municipalityCode"));
        Assert.Equal("DOUBLE", Type("latitude"));
        Assert.Equal("BOOLEAN", Type("videoMeetings"));
        Assert.Equal("DATE", Type("videoMeetingsSince"));
        Assert.Equal("TIMESTAMP WITH TIME ZONE", Type("modifiedAt"));
        Assert.Equal("STRUCT(street VARCHAR, postalCode VARCHAR, city VARCHAR)", Type("address"));
        Assert.Equal("STRUCT(agency VARCHAR, levels VARCHAR[])[]", Type("services"));
        Assert.NotEmpty(places);
        foreach (var place in places)
        {
            // Reading a geometry instead of bytes shows that it supports the metadata.
            Assert.Equal($"POINT ({place.GetProperty("longitude").GetRawText()} {place.GetProperty("latitude").GetRawText()})", place.GetProperty("wkt").GetString());
        }

        Assert.Equal("""{"version":"1.1.0","primary_column":"location","columns":{"location":{"encoding":"WKB","geometry_types":["Point"]}}}""", geo.Single().GetProperty("value").GetString());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public Task GeoJson_ReadByGdal_MatchesODataResponse(string set) => CompareGdalAsync(new GeoJsonFormat(), set);

    [Theory]
    [MemberData(nameof(Places))]
    public Task GeoPackage_ReadByGdal_MatchesODataResponse(string set) => CompareGdalAsync(new GeoPackageFormat(), set);

    [Theory]
    [MemberData(nameof(Places))]
    public Task Kml_ReadByGdal_MatchesODataResponse(string set) => CompareGdalAsync(new KmlFormat(), set);

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Xlsx_OpenXmlValidator_IsValid(string set)
    {
        var path = await WriteAsync(new XlsxFormat(), await TableAsync(set));

        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var errors = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document, TestContext.Current.CancellationToken);

        Assert.Empty(errors.Select(error => $"{error.Path?.XPath}: {error.Description}"));
    }

    [Theory]
    [InlineData("offices")]
    [InlineData("events")]
    [InlineData("edgecases")]
    public async Task Xlsx_ReadByGdal_MatchesODataResponse(string set)
    {
        var table = await TableAsync(set);
        var path = await WriteAsync(new XlsxFormat(), table);

        var features = await GdalTool.FeaturesAsync(path, "-oo", "HEADERS=FORCE", set);

        var expected = GetJsonRows(table).Select(Flatten).ToList();
        Assert.Equal(expected.Count, features.Count);
        foreach (var (row, read) in expected.Zip(features))
        {
            var properties = read.GetProperty("properties");
            foreach (var (name, value) in row)
            {
                var found = properties.TryGetProperty(name, out var member) || (name == "id" && read.TryGetProperty("id", out member)) ? member : default;
                Assert.True(SameInSheet(value, found), $"{name}: '{value}' was read as '{found}' in {read}");
            }
        }
    }

    [Fact]
    public async Task Calendar_ReadByIndependentReader_HasEveryEvent()
    {
        var table = await TableAsync("events");
        var file = await File.ReadAllBytesAsync(await WriteAsync(new CalendarFormat(), table), TestContext.Current.CancellationToken);

        var calendar = CalendarReader.Read(file);

        var expected = GetJsonRows(table);
        Assert.Equal(expected.Count, calendar.Parts.Count);
        Assert.Equal(expected.Count, calendar.Parts.Select(part => part["UID"].Text).Distinct().Count());
        foreach (var (row, read) in expected.Zip(calendar.Parts))
        {
            Assert.Equal(row.GetProperty("on").GetString()!.Replace("-", "", StringComparison.Ordinal), read["DTSTART"].Raw);
            Assert.Contains(row.GetProperty("officeId").GetString()!, read["SUMMARY"].Text, StringComparison.Ordinal); // without the offices of a revision
            Assert.DoesNotContain(row.GetProperty("kind").GetString()!, read["SUMMARY"].Text, StringComparison.Ordinal);
            if (row.GetProperty("note").GetString() is { } note)
            {
                Assert.Contains("Anmärkning: " + note, read["DESCRIPTION"].Text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("offices")]
    [InlineData("events")]
    [InlineData("agencies")]
    [InlineData("municipalities")]
    [InlineData("edgecases")]
    public async Task Rdf_TurtleAndJsonLd_ParseToSameGraph(string set)
    {
        var table = await TableAsync(set);
        var shapes = Path.Combine(folder.Path, "shapes.ttl");
        await File.WriteAllTextAsync(shapes, "", TestContext.Current.CancellationToken);

        var response = await NodeTool.RunAsync("rdf.mjs", shapes, await WriteAsync(new TurtleFormat(""), table), await WriteAsync(new JsonLdFormat(""), table));

        var documents = JsonDocument.Parse(response).RootElement.EnumerateArray().Select(document => document.GetProperty("quads").EnumerateArray().Select(quad => quad.GetString()!).ToList()).ToList();
        var rows = GetJsonRows(table);
        Assert.Equal(Named(documents[0]), Named(documents[1]));
        Assert.Equal(documents[0].Count, documents[1].Count);
        var type = $"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{Root}$metadata#{table.Type.FullName}> .";
        Assert.Equal(rows.Count, documents[0].Count(quad => quad.EndsWith(type, StringComparison.Ordinal)));

        static List<string> Named(List<string> quads) => [.. quads.Where(quad => !quad.Contains("_:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Rdf_Offices_MatchesODataResponse()
    {
        var table = await TableAsync("offices");
        var shapes = Path.Combine(folder.Path, "shapes.ttl");
        await File.WriteAllTextAsync(shapes, "", TestContext.Current.CancellationToken);

        var response = await NodeTool.RunAsync("rdf.mjs", shapes, await WriteAsync(new TurtleFormat(""), table));

        var quads = JsonDocument.Parse(response).RootElement[0].GetProperty("quads").EnumerateArray().Select(quad => quad.GetString()!).ToHashSet();
        foreach (var row in GetJsonRows(table))
        {
            var subject = $"<{Root}offices('{row.GetProperty("id").GetString()}')>";
            var name = row.GetProperty("name").GetString()!.Replace("\"", "\\\"", StringComparison.Ordinal);
            Assert.Contains($"{subject} <https://schema.org/name> \"{name}\"@sv .", quads);
            Assert.Contains($"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/GovernmentOffice> .", quads);
            if (row.GetProperty("municipalityCode").GetString() is { } code)
            {
                Assert.Contains($"{subject} <http://purl.org/dc/terms/spatial> <{Root}municipalities('{code}')> .", quads);
                Assert.Contains($"{subject} <{Root}$metadata#ServiceOffices.Office/municipalityCode> \"{code}\" .", quads);
            }
        }
    }

    private async Task CompareGdalAsync(ExportFormat format, string set)
    {
        var table = await TableAsync(set);
        var path = await WriteAsync(format, table);

        var features = await GdalTool.FeaturesAsync(path);

        var place = table.Type.Properties.First(property => property.Type is PrimitiveType { IsGeography: true }).Name;
        var expected = GetJsonRows(table);
        Assert.Equal(expected.Count, features.Count);
        foreach (var (row, read) in expected.Zip(features))
        {
            Assert.Equal(row.GetProperty(place).ValueKind == JsonValueKind.Null ? "null" : Position(row.GetProperty(place)), Position(read.GetProperty("geometry")));
            var properties = read.GetProperty("properties");
            foreach (var (name, value) in Flatten(row).Where(member => member.Key != place))
            {
                // GDAL returns nested values of GeoJSON files as JSON, and normalizes line endings.
                if (format is GeoJsonFormat && (name.Contains('/', StringComparison.Ordinal) || row.TryGetProperty(name, out var complete) && complete.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                {
                    continue;
                }

                // GDAL separates the name element of KML and the id of GeoJSON from the columns.
                var found = properties.TryGetProperty(name, out var member)
                    || (name == "name" && properties.TryGetProperty("Name", out member)) || (name == "id" && read.TryGetProperty("id", out member)) ? member : default;
                Assert.True(SameInSheet(value, found), $"{set} {row.EnumerateObject().First().Value} {name}: '{value}' was read as '{found}'");
            }
        }
    }

    private async Task<Table> TableAsync(string set) => set == "edgecases" ? EdgeCases.Table : (await published.PublicationAsync()).Tables[set];

    private async Task<string> WriteAsync(ExportFormat format, Table table)
    {
        var set = ReferenceEquals(table, EdgeCases.Table) ? "edgecases" : (await published.PublicationAsync()).Tables.Model.Sets.First(candidate => candidate.Type == table.Type).Name;
        var path = Path.Combine(folder.Path, $"{set}.{format.Name}");
        await using var output = File.Create(path);
        await format.WriteAsync(RowSet.All(table), new ExportOptions(set) { ServiceRoot = Root }, output, TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<List<JsonElement>> DuckDbAsync(string sql) =>
        [.. JsonDocument.Parse(await NodeTool.RunAsync("duckdb.mjs", "SET timezone = 'UTC'; " + sql)).RootElement.EnumerateArray()];
}
