using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests that what one instance has published is at once available on another.</summary>
public sealed class RevisionAtLeastTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PublishingHarness ahead;
    private readonly PublishingHarness behind;

    public RevisionAtLeastTests()
    {
        ahead = Open();
        behind = Open();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PublishingHarness Open() =>
        new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, TimeProvider.System), TimeProvider.System);

    /// <summary>Publishes a revision that the other instance has not loaded.</summary>
    private async Task PublishSecondAsync()
    {
        await ahead.PutAsync(SampleEntries.Create("a"));
        await ahead.RefreshAsync();
        Assert.Equal(1, (await behind.Current.GetAsync(Cancel))!.Revision);
        await ahead.PutAsync(SampleEntries.Create("b"));
        await ahead.RefreshAsync();
    }

    private async Task<HttpExchange> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        RequestPipeline pipeline = new(NullLogger<RequestPipeline>.Instance, null, behind.Current);
        return await HttpExchange.SendAsync(
            path.StartsWith("/publications", StringComparison.Ordinal)
                ? new PublicationsEndpoint(pipeline, behind.Current, new PublicUrl()).HandleAsync
                : new DownloadsEndpoint(pipeline, behind.Current, new PublicUrl()).HandleAsync,
            "GET",
            headers,
            path);
    }

    [Theory]
    [InlineData("/publications/2/manifest.json")]
    [InlineData("/downloads/2/offices.csv")]
    [InlineData("/downloads/2/")]
    public async Task Revision_OfAnotherInstance_IsFoundAtOnce(string path)
    {
        await PublishSecondAsync();

        Assert.Equal(StatusCodes.Status200OK, (await SendAsync(path)).Status);
        Assert.Equal(StatusCodes.Status404NotFound, (await SendAsync(path.Replace('2', '3'))).Status);
    }

    [Theory]
    [InlineData("1", 200, "1")]
    [InlineData("2", 200, "2")]
    [InlineData("3", 412, null)]
    [InlineData("9223372036854775807", 412, null)]
    [InlineData("0", 400, null)]
    [InlineData("01", 400, null)]
    [InlineData("-1", 400, null)]
    [InlineData("two", 400, null)]
    [InlineData("1, 2", 400, null)]
    public async Task Header_Revision_IsLoadedOrRejected(string value, int status, string? revision)
    {
        await PublishSecondAsync();

        var reply = await SendAsync("/downloads/offices.csv", ("If-Revision-At-Least", value));

        Assert.Equal((status, revision), (reply.Status, (string?)reply.Headers["Publication-Revision"]));
    }

    public void Dispose()
    {
        ahead.Dispose();
        behind.Dispose();
        folder.Dispose();
    }
}
