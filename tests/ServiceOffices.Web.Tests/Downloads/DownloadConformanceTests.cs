using System.Globalization;
using System.Security.Cryptography;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Schema;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Feeds;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Feeds;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Downloads;

/// <summary>Tests the HTTP conformance of downloads in every format.</summary>
public sealed class DownloadConformanceTests(TwoRevisionsFixture published)
{
    public static TheoryData<string> Names =>
        [.. RegisterModel.Model.Sets.Where(set => set.Name is "offices" or "events").SelectMany(set =>
            ExportFormats.All.Where(format => format.GetUnsupportedReason(set.Type) is null).Select(format => $"{set.Name}.{format.Name}"))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_EachEncoding_MatchesFileAndReprDigest(string name)
    {
        var file = (await published.PublicationAsync()).Files.Single(file => file.Name == name);
        foreach (var coding in (string[])["identity", .. file.Encodings])
        {
            var response = await SendAsync("GET", name, ("Accept-Encoding", coding));

            Assert.Equal(200, response.Status);
            Assert.Equal(coding == "identity" ? "" : coding, response.Headers.ContentEncoding.ToString());
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(PublishingHarness.Decompress(response.Body, coding))));
            Assert.Equal(GetReprDigest(response.Body), response.Headers["Repr-Digest"]); // RFC 9530, 3: of the encoded content
            Assert.Contains("Repr-Digest", response.Headers.AccessControlExposeHeaders.ToString(), StringComparison.Ordinal);

            var head = await SendAsync("HEAD", name, ("Accept-Encoding", coding));
            Assert.Empty(head.Body);
            Assert.Equal(response.Headers.OrderBy(header => header.Key), head.Headers.OrderBy(header => header.Key));

            var again = await SendAsync("GET", name, ("Accept-Encoding", coding), ("If-None-Match", response.Headers.ETag.ToString()));
            Assert.Equal(304, again.Status);
            Assert.Empty(again.Body);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_RangeByRange_EqualsFile(string name)
    {
        var complete = (await SendAsync("GET", name)).Body;
        var middle = complete.Length / 2;

        var first = await SendAsync("GET", name, ("Range", string.Create(CultureInfo.InvariantCulture, $"bytes=0-{middle - 1}")), ("Accept-Encoding", "zstd, br, gzip"));
        var rest = await SendAsync(
            "GET", name, ("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={middle}-")), ("If-Range", first.Headers.ETag.ToString()));
        var beyond = await SendAsync("GET", name, ("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={complete.Length}-")));

        Assert.Equal(206, first.Status);
        Assert.Equal(206, rest.Status);
        Assert.Equal(complete, first.Body.Concat(rest.Body));
        // Of the whole file, so that a client can check the combined parts.
        Assert.Equal(GetReprDigest(complete), first.Headers["Repr-Digest"]);
        Assert.Equal(GetReprDigest(complete), rest.Headers["Repr-Digest"]);
        Assert.Equal(416, beyond.Status);
    }

    [Theory]
    [InlineData("sha-256=1", true)]
    [InlineData("sha-512=10, sha-256=3", true)]
    [InlineData("sha-512=10", true)]
    [InlineData("sha-256=0", false)]
    [InlineData("sha-512=10, sha-256=0", false)]
    [InlineData("nonsense", true)]
    [InlineData("", true)]
    public async Task WantReprDigest_Given_ControlsReprDigest(string want, bool isIncluded) =>
        Assert.Equal(isIncluded, (await SendAsync("GET", "offices.csv", ("Want-Repr-Digest", want))).Headers.ContainsKey("Repr-Digest"));

    [Theory]
    [InlineData("offices.csv", 3)]
    [InlineData("offices.gpkg", 3)]
    [InlineData("offices.xlsx", 0)]
    [InlineData("offices.parquet", 0)]
    public async Task Encodings_EachFormat_AreStoredOnlyIfUncompressed(string name, int codings) =>
        Assert.Equal(codings, (await published.PublicationAsync()).Files.Single(file => file.Name == name).Encodings.Count);

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, zstd", "zstd")]
    [InlineData("zstd;q=0.5, gzip", "gzip")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", "")]
    [InlineData("br;q=0, *", "zstd")]
    public async Task AcceptEncoding_Given_SelectsPreferredEncoding(string accepted, string coding) =>
        Assert.Equal(coding, (await SendAsync("GET", "offices.json", ("Accept-Encoding", accepted))).Headers.ContentEncoding.ToString());

    [Fact]
    public async Task Calendar_FeedAndFile_HaveSameUids()
    {
        var feed = CalendarReader.Read(CalendarFeed.Write(await published.PublicationAsync(), FeedFilter.None, "https://example.se", Language.English));
        var file = CalendarReader.Read((await SendAsync("GET", "events.ics")).Body);

        var named = feed.Parts.Select(part => part["UID"].Text).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(file.Parts.Select(part => part["UID"].Text)));
    }

    private static string GetReprDigest(byte[] content) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(content))}:";

    private Task<HttpExchange> SendAsync(string method, string name, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        new DownloadsEndpoint(published.Boundary, published.Current, new PublicUrl()).HandleAsync, method, headers, "/downloads/" + name);
}
