using System.Net;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;

namespace ServiceOffices.Web.Tests.Downloads;

/// <summary>Tests Downloads:RedirectTo with a public blob container, from which clients get the files.</summary>
public sealed class RedirectedDownloadsTests : IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly BlobContainerClient container;
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
    private PublishingHarness? desk;

    public RedirectedDownloadsTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        container = azurite.Clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    public async ValueTask InitializeAsync()
    {
        await container.CreateAsync(PublicAccessType.Blob);
        var clock = new FakeTimeProvider(TwoRevisionsFixture.FirstPublishedAt);
        desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), new BlobPublicationStore(container, clock), clock);
        for (var i = 0; i < 20; i++)
        {
            await desk.PutAsync(SampleEntries.Create($"office-{i}"));
        }

        await desk.RefreshAsync(ExportFormats.All);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br, zstd", "br")]
    [InlineData("zstd", "zstd")]
    public async Task File_RedirectTarget_HasNegotiatedEncoding(string accepted, string coding)
    {
        var file = (await desk!.Current.GetAsync(CancellationToken.None))!.Files.Single(file => file.Name == "offices.json");

        var redirect = await GetAsync("/downloads/offices.json", ("Accept-Encoding", accepted));
        using var response = await client.GetAsync(new Uri(redirect.Headers.Location.ToString()), TestContext.Current.CancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(307, redirect.Status);
        Assert.Empty(redirect.Body);
        Assert.Equal("Accept-Encoding,Range", redirect.Headers.Vary.ToString());
        Assert.Equal("public, max-age=10, stale-while-revalidate=60", redirect.Headers.CacheControl);
        Assert.Equal("1", redirect.Headers["Publication-Revision"]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(coding, string.Join(',', response.Content.Headers.ContentEncoding));
        Assert.Equal("attachment; filename=\"offices.json\"", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(PublishingHarness.Decompress(content, coding))));
    }

    [Fact]
    public async Task Range_Redirected_AppliesToFile()
    {
        var redirect = await GetAsync("/downloads/1/offices.json", ("Accept-Encoding", "gzip"), ("Range", "bytes=0-9"));
        using var request = new HttpRequestMessage(HttpMethod.Get, redirect.Headers.Location.ToString()) { Headers = { { "Range", "bytes=0-9" } } };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("[\n{\"id\":\"o", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/downloads/", 200)]
    [InlineData("/downloads/nothing.csv", 404)]
    [InlineData("/downloads/offices.csv?x=1", 400)]
    [InlineData("/downloads/offices.csv-metadata.json", 200)]
    public async Task NonFile_Request_IsNotRedirected(string path, int status) => Assert.Equal(status, (await GetAsync(path)).Status);

    public async ValueTask DisposeAsync()
    {
        desk?.Dispose();
        client.Dispose();
        folder.Dispose();
        await container.DeleteIfExistsAsync();
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        new DownloadsEndpoint(new RequestPipeline(NullLogger<RequestPipeline>.Instance), desk!.Current, new PublicUrl(), new DownloadsOptions(container.Uri.AbsoluteUri)).HandleAsync,
        "GET",
        headers,
        path);
}
