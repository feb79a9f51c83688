using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Schema;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Pipeline;

/// <summary>Tests the header Age of replies while the storage does not answer the checks for a newer revision.</summary>
public sealed class StaleReplyTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
    private readonly GatedPublicationStore store;
    private readonly CurrentPublication current;
    private readonly PublicationTableSource tables;
    private readonly DownloadsEndpoint downloads;
    private readonly ODataEndpoint odata;

    public StaleReplyTests()
    {
        store = new GatedPublicationStore(new SqlitePublicationStore(folder.Database, clock));
        current = new CurrentPublication(new PublicationReader(store), clock, NullLogger<CurrentPublication>.Instance);
        tables = new PublicationTableSource(current, clock);
        RequestPipeline pipeline = new(NullLogger<RequestPipeline>.Instance, null, current);
        downloads = new DownloadsEndpoint(pipeline, current, new PublicUrl());
        ODataService service = new(RegisterModel.Model, new ODataOptions(), tables, clock);
        odata = new ODataEndpoint(pipeline, service, new ReplyCache(1024 * 1024), new PublicUrl(), ODataEndpoint.ServiceRootPath);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using PublishingHarness harness = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        foreach (var id in (string[])["a", "b"])
        {
            await harness.PutAsync(SampleEntries.Create(id));
            await harness.RefreshAsync();
        }

        await current.GetAsync(Cancel);
    }

    [Theory]
    [InlineData("/odata/v1/offices", 200, "42")]
    [InlineData("/odata/v1/offices('a')", 200, "42")]
    [InlineData("/odata/v1/offices?$filter=now() gt 2000-01-01T00:00:00Z", 200, "42")] // Not cacheable, and of the current revision.
    [InlineData("/downloads/", 200, "42")]
    [InlineData("/odata/v1/offices?revision=1", 200, null)] // Never changes.
    [InlineData("/downloads/2/", 200, null)]
    [InlineData("/odata/v1/offices?$top=x", 400, null)]
    public async Task Age_LastCheckFailed_IsInRepliesOfCurrentRevision(string path, int status, string? age)
    {
        // The second reply is from the cache.
        foreach (var fresh in (HttpExchange[])[await SendAsync(path), await SendAsync(path)])
        {
            Assert.Equal((status, null), (fresh.Status, (string?)fresh.Headers.Age));
        }

        await FailCheckAsync();
        var stale = await SendAsync(path);
        await SucceedAsync();
        var afterwards = await SendAsync(path);

        Assert.Equal((status, age), (stale.Status, (string?)stale.Headers.Age));
        Assert.Equal((status, null), (afterwards.Status, (string?)afterwards.Headers.Age));
    }

    [Fact]
    public async Task Age_NotModified_IsSent()
    {
        var fresh = await SendAsync("/odata/v1/offices");
        await FailCheckAsync();

        var stale = await SendAsync("/odata/v1/offices", ("If-None-Match", (string)fresh.Headers.ETag!));

        Assert.Equal((StatusCodes.Status304NotModified, "42"), (stale.Status, (string?)stale.Headers.Age));
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        current.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Advances the clock to 42 seconds after the last check that succeeded.</summary>
    private async Task FailCheckAsync()
    {
        store.IsUnavailable = true;
        clock.Advance(TimeSpan.FromSeconds(40));
        await CheckAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
    }

    private async Task SucceedAsync()
    {
        store.IsUnavailable = false;
        clock.Advance(TimeSpan.FromSeconds(6));
        await CheckAsync();
    }

    private async Task CheckAsync()
    {
        await current.GetAsync(Cancel);
        await current.BackgroundCheck;
    }

    private Task<HttpExchange> SendAsync(string path, params (string Name, string Value)[] headers) =>
        HttpExchange.SendAsync(path.StartsWith("/downloads", StringComparison.Ordinal) ? downloads.HandleAsync : odata.HandleAsync, "GET", headers, path);
}
