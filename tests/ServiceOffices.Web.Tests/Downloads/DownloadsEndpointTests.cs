using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ODataEngine.Formats;
using ServiceOffices.Schema;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;
using ServiceOffices.Web.Tests.Portal;

namespace ServiceOffices.Web.Tests.Downloads;

public sealed class DownloadsEndpointTests(TwoRevisionsFixture published)
{
    [Fact]
    public async Task Latest_Csv_IsAttachment()
    {
        var response = await GetAsync("/downloads/offices.csv");

        Assert.Equal(200, response.Status);
        Assert.Equal("text/csv; charset=utf-8", response.Headers.ContentType);
        Assert.Equal("attachment; filename=\"offices.csv\"", response.Headers.ContentDisposition);
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", response.Headers.CacheControl);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(response.Body))}\"", response.Headers.ETag);
        Assert.Equal(TwoRevisionsFixture.SecondPublishedAt.ToString("R", CultureInfo.InvariantCulture), response.Headers.LastModified);
        Assert.Equal("2", response.Headers["Publication-Revision"]);
        Assert.Equal("bytes", response.Headers.AcceptRanges);
        Assert.Equal(
            ["<https://creativecommons.org/publicdomain/zero/1.0/>; rel=\"license\"", "</odata/v1/$metadata>; rel=\"describedby\"; type=\"application/xml\"",
                "<offices.csv-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\""],
            response.Headers.Link.ToArray());
        var text = Encoding.UTF8.GetString(response.Body);
        Assert.StartsWith("id,name,kind,status,", text, StringComparison.Ordinal);
        Assert.Contains("\r\nstoruman,\"Storuman, \"\"nya\"\" kontoret\",", text, StringComparison.Ordinal);
        Assert.Contains("Åsele", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_GeoJson_HasLongitudeFirst()
    {
        var response = await GetAsync("/downloads/offices.geojson");

        Assert.Equal("application/geo+json", response.Headers.ContentType);
        var malmö = JsonDocument.Parse(response.Body).RootElement.GetProperty("features").EnumerateArray()
            .First(feature => feature.GetProperty("properties").GetProperty("municipalityCode").GetString() == "1280");
        var point = malmö.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(number => Math.Round(number.GetDouble(), 1));
        Assert.Equal([13.0, 55.6], point);
    }

    [Fact]
    public async Task File_EveryRevision_MatchesManifestHash()
    {
        var publication = await published.PublicationAsync();

        foreach (var record in publication.Register.Publications)
        {
            var manifest = await published.Current.GetManifestAsync(record.Revision, TestContext.Current.CancellationToken);
            Assert.Equal(ExpectedNames(), manifest!.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
            foreach (var file in manifest.Files)
            {
                var response = await GetAsync($"/downloads/{record.Revision}/{file.Name}");
                Assert.Equal(200, response.Status);
                Assert.Equal(file.Bytes, response.Body.Length);
                Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(response.Body)));
                Assert.Equal(file.MediaType, response.Headers.ContentType);
                Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl);
                Assert.Equal(record.Revision.ToString(CultureInfo.InvariantCulture), response.Headers["Publication-Revision"]);
                Assert.Equal(record.At.ToString("R", CultureInfo.InvariantCulture), response.Headers.LastModified);
            }
        }
    }

    [Fact]
    public async Task OldRevision_AfterChange_IsUnchanged()
    {
        var old = Encoding.UTF8.GetString((await GetAsync("/downloads/1/offices.csv")).Body);

        Assert.Contains("\r\nstoruman,", old, StringComparison.Ordinal);
        Assert.DoesNotContain("nya\"\" kontoret", old, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Latest_AcceptEncoding_SendsStoredEncoding(string coding)
    {
        var plain = await GetAsync("/downloads/offices.json");

        var response = await GetAsync("/downloads/offices.json", ("Accept-Encoding", coding));

        Assert.Equal(coding, response.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", response.Headers.Vary);
        Assert.True(response.Body.Length < plain.Body.Length / 2);
        Assert.Equal(response.Body.Length, response.Headers.ContentLength);
        Assert.Equal(plain.Body, Decoded(coding, response.Body));
        Assert.NotEqual(plain.Headers.ETag, response.Headers.ETag); // RFC 9110, 8.8.3.3
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("gzip", 0)]
    [InlineData("br, gzip", 0)]
    public async Task Latest_IfNoneMatch_Returns304(string acceptEncoding, int length)
    {
        var known = await GetAsync("/downloads/offices.json", ("Accept-Encoding", acceptEncoding));

        var response = await GetAsync("/downloads/offices.json", ("Accept-Encoding", acceptEncoding), ("If-None-Match", known.Headers.ETag.ToString()));

        Assert.Equal(304, response.Status);
        Assert.Equal(length, response.Body.Length);
        Assert.Equal(known.Headers.ETag, response.Headers.ETag);
        Assert.Equal(known.Headers.CacheControl, response.Headers.CacheControl);
    }

    [Fact]
    public async Task Latest_Range_Returns206()
    {
        var complete = await GetAsync("/downloads/offices.csv");

        var response = await GetAsync("/downloads/offices.csv", ("Range", "bytes=100-199"), ("Accept-Encoding", "gzip"));

        Assert.Equal(206, response.Status);
        Assert.Equal($"bytes 100-199/{complete.Body.Length}", response.Headers.ContentRange);
        Assert.Equal(complete.Body[100..200], response.Body);
    }

    [Fact]
    public async Task Latest_Head_HasHeadersOfGetAndNoContent()
    {
        var get = await GetAsync("/downloads/offices.csv", ("Accept-Encoding", "br"));

        var head = await SendAsync("HEAD", "/downloads/offices.csv", ("Accept-Encoding", "br"));

        Assert.Empty(head.Body);
        Assert.Equal(get.Headers.OrderBy(header => header.Key), head.Headers.OrderBy(header => header.Key));
    }

    [Theory]
    [InlineData("/downloads/nothing.csv", "Revision 2 has no file 'nothing.csv'. Available files: offices.csv, ")]
    [InlineData("/downloads/OFFICES.CSV", "Revision 2 has no file 'OFFICES.CSV'")]
    [InlineData("/downloads/1/nothing.csv", "Revision 1 has no file 'nothing.csv'. Available files: offices.csv, ")]
    [InlineData("/downloads/3/offices.csv", "There is no revision 3. Revisions 1 to 2 exist.")]
    [InlineData("/downloads/9223372036854775807/offices.csv", "There is no revision 9223372036854775807.")]
    [InlineData("/downloads/99999999999999999999", "Revision 2 has no file '99999999999999999999'")]
    [InlineData("/downloads/0/offices.csv", "'/downloads/0/offices.csv' does not exist. Available: /downloads/, /downloads/{file}, /downloads/{revision}/{file}.")]
    [InlineData("/downloads/01/offices.csv", "'/downloads/01/offices.csv' does not exist. Available:")]
    [InlineData("/downloads/-1/offices.csv", "'/downloads/-1/offices.csv' does not exist. Available:")]
    [InlineData("/downloads/1/offices.csv/more", "'/downloads/1/offices.csv/more' does not exist. Available:")]
    [InlineData("/downloads/../offices.csv", "'/downloads/../offices.csv' does not exist. Available:")]
    public async Task Get_Unknown_Returns404ListingFiles(string path, string expected)
    {
        var response = await GetAsync(path);

        Assert.Equal(404, response.Status);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
        Assert.Equal("no-store", response.Headers.CacheControl);
        Assert.StartsWith(expected, JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/downloads/offices.parquet?lang=sv", "Unknown query option 'lang'. This resource has no query options.")]
    [InlineData("/downloads/?format=csv", "Unknown query option 'format'. Allowed: lang.")]
    [InlineData("/downloads/?lang=de", "lang must be sv or en; got 'de'.")]
    [InlineData("/downloads/?lang=sv&lang=en", "Query option 'lang' must occur only once; it occurs 2 times.")]
    public async Task Get_UnknownQueryOption_Returns400(string path, string expected)
    {
        var response = await GetAsync(path);

        Assert.Equal(400, response.Status);
        Assert.Equal(expected, JsonDocument.Parse(response.Body).RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/downloads/offices.excel.csv?lang=sv", "/odata/v1/offices?$format=excel.csv&lang=sv")]
    [InlineData("/downloads/1/events.csv?lang=en", "/odata/v1/events?$format=csv&lang=en&revision=1")]
    public async Task Get_Language_RedirectsToQueryWithTitles(string path, string location)
    {
        var response = await GetAsync(path);

        Assert.Equal(307, response.Status);
        Assert.Equal(location, response.Headers.Location);
    }

    [Theory]
    [InlineData("/downloads/", "public, max-age=10, stale-while-revalidate=60", 2)]
    [InlineData("/downloads", "public, max-age=10, stale-while-revalidate=60", 2)]
    [InlineData("/downloads/1/", "public, max-age=31536000, immutable", 1)]
    public async Task Listing_Json_DescribesEachFile(string path, string cacheControl, int revision)
    {
        var response = await GetAsync(path);

        Assert.Equal("application/json", response.Headers.ContentType);
        Assert.Equal(cacheControl, response.Headers.CacheControl);
        Assert.Equal("Accept-Encoding,Accept,Accept-Language", response.Headers.Vary.ToString());
        var listing = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal(revision, listing.GetProperty("revision").GetInt64());
        Assert.Equal("https://creativecommons.org/publicdomain/zero/1.0/", listing.GetProperty("license").GetString());
        var offices = listing.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("name").GetString() == "offices.csv");
        Assert.Equal("offices", offices.GetProperty("dataset").GetString());
        Assert.Equal("text/csv; charset=utf-8", offices.GetProperty("mediaType").GetString());
        Assert.Equal(104, offices.GetProperty("rows").GetInt64());
        Assert.Equal(revision, offices.GetProperty("revision").GetInt64());
        Assert.Equal($"http://localhost:7071/downloads/{revision}/offices.csv", offices.GetProperty("url").GetString());
        Assert.Equal("http://localhost:7071/downloads/offices.csv", offices.GetProperty("latestUrl").GetString());
        var file = await GetAsync($"/downloads/{revision}/offices.csv");
        Assert.Equal(file.Body.Length, offices.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Body)), offices.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Listing_Html_LinksEachFile()
    {
        var response = await GetAsync("/downloads/", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Accept-Language", "en"));

        Assert.Equal("text/html; charset=utf-8", response.Headers.ContentType);
        var page = PortalPages.Parse(Encoding.UTF8.GetString(response.Body));
        Assert.Equal("en", page.Root!.Attribute("lang")!.Value);
        var links = page.Descendants("a").Select(link => link.Attribute("href")!.Value).ToArray();
        Assert.All((await published.PublicationAsync()).Files, file => Assert.Contains(file.Url, links));
    }

    private static IEnumerable<string> ExpectedNames() =>
        RegisterModel.Model.Sets.Where(set => set.Name != FileSchema.SetName)
            .SelectMany(set => ExportFormats.All.Where(format => format.GetUnsupportedReason(set.Type) is null).Select(format => $"{set.Name}.{format.Name}"))
            .Order(StringComparer.Ordinal);

    private static byte[] Decoded(string coding, byte[] bytes)
    {
        using var input = new MemoryStream(bytes);
        using Stream decoder = coding == "gzip" ? new GZipStream(input, CompressionMode.Decompress) : new BrotliStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        decoder.CopyTo(output);
        return output.ToArray();
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, headers);

    private Task<HttpExchange> SendAsync(string method, string path, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        new DownloadsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, method, headers, path);
}
