using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;
using ServiceOffices.Web.Tests.Pipeline;
using ServiceOffices.Web.Tests.Portal;

namespace ServiceOffices.Web.Tests.Endpoints;

/// <summary>Tests the probes, the root page and the refresh with a register of one office in SQLite.</summary>
public sealed class EndpointsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequestPipeline Pipeline = new(NullLogger<RequestPipeline>.Instance);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Start);
    private readonly UnreliableStore publications;
    private readonly PublishingHarness desk;

    public EndpointsTests()
    {
        publications = new UnreliableStore(new SqlitePublicationStore(folder.Database, clock));
        desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), publications, clock);
    }

    public void Dispose()
    {
        desk.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Live_NoPublication_Returns200()
    {
        var response = await GetAsync("/health/live");

        Assert.Equal(200, response.Status);
        Assert.Equal("""{"status":"live"}""", Encoding.UTF8.GetString(response.Body));
        Assert.Equal("no-store", response.Headers.CacheControl);
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/")]
    public async Task Get_BeforeFirstPublication_Returns503(string path)
    {
        var response = await GetAsync(path);

        Assert.Equal(503, response.Status);
        Assert.Equal("60", response.Headers.RetryAfter);
        Assert.Contains("not been published yet", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
        Assert.Equal(path == "/" ? "text/html; charset=utf-8" : "application/problem+json", response.Headers.ContentType);
    }

    [Fact]
    public async Task Ready_WithPublication_ReturnsRevision()
    {
        await PublishAsync();

        var response = await GetAsync("/health/ready");

        Assert.Equal(200, response.Status);
        var state = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal("ready", state.GetProperty("status").GetString());
        Assert.Equal(1, state.GetProperty("revision").GetInt64());
        Assert.Equal(Start, state.GetProperty("publishedAt").GetDateTimeOffset());
        Assert.Equal("answering", state.GetProperty("storage").GetString());
    }

    [Fact]
    public async Task Ready_RegisterLostOffices_IsDegradedWithLastRefreshResult()
    {
        await PublishAsync();
        foreach (var stored in (await desk.Register.ReadAllAsync(TestContext.Current.CancellationToken)).Entries)
        {
            await desk.Register.RemoveAsync(stored.Entry.Office.Id, stored.ETag, TestContext.Current.CancellationToken);
        }

        await desk.RefreshAsync();
        var response = await GetAsync("/health/ready");

        var state = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal("degraded", state.GetProperty("status").GetString());
        Assert.Equal("registerLost", state.GetProperty("lastRefresh").GetProperty("result").GetString());
    }

    // In Azure, timers run on other instances than HTTP functions.
    [Fact]
    public async Task Ready_RefreshOfOtherInstanceFailed_IsDegradedWithItsAge()
    {
        await PublishAsync();
        foreach (var stored in (await desk.Register.ReadAllAsync(TestContext.Current.CancellationToken)).Entries)
        {
            await desk.Register.RemoveAsync(stored.Entry.Office.Id, stored.ETag, TestContext.Current.CancellationToken);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await desk.RefreshAsync();
        clock.Advance(TimeSpan.FromMinutes(12));
        var state = await GetReadinessOfOtherInstanceAsync();

        Assert.Equal("degraded", state.GetProperty("status").GetString());
        Assert.Equal("registerLost", state.GetProperty("lastRefresh").GetProperty("result").GetString());
        Assert.Equal("The last refresh failed 12 minutes ago (registerLost). Edits are not published.", state.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(15, "ready")]
    [InlineData(16, "degraded")]
    public async Task Ready_RefreshOverdue_IsDegraded(int minutes, string status)
    {
        await PublishAsync();
        clock.Advance(TimeSpan.FromMinutes(minutes));

        var state = await GetReadinessOfOtherInstanceAsync();

        Assert.Equal(status, state.GetProperty("status").GetString());
        Assert.Equal(Start, state.GetProperty("lastRefresh").GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Ready_StorageUnavailable_IsDegraded()
    {
        await PublishAsync();
        publications.IsAway = true;
        clock.Advance(TimeSpan.FromMinutes(1));
        await GetAsync("/");
        await desk.Current.BackgroundCheck;

        var ready = await GetAsync("/health/ready");
        var home = await GetAsync("/");

        Assert.Equal(200, ready.Status);
        var state = JsonDocument.Parse(ready.Body).RootElement;
        Assert.Equal("degraded", state.GetProperty("status").GetString());
        Assert.Equal("not answering", state.GetProperty("storage").GetString());
        Assert.Equal("The storage is unavailable. Revision 1 is served.", state.GetProperty("reason").GetString());
        Assert.Equal(200, home.Status);
    }

    [Fact]
    public async Task Ready_StorageUnavailableAtStart_Returns503()
    {
        publications.IsAway = true;

        var response = await GetAsync("/health/ready");

        Assert.Equal(503, response.Status);
        Assert.Equal("application/problem+json", response.Headers.ContentType);
    }

    [Fact]
    public async Task Probe_Unknown_Returns404ListingProbes()
    {
        var response = await GetAsync("/health/started");

        Assert.Equal(404, response.Status);
        Assert.Contains("/health/live, /health/ready", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_Get_IsCacheablePageInRequestLanguage()
    {
        await PublishAsync();

        var swedish = await GetAsync("/");
        var english = await GetAsync("/", ("Accept-Language", "en"));
        var again = await GetAsync("/", ("Accept-Language", "en"), ("If-None-Match", english.Headers.ETag.ToString()));

        Assert.Contains("<html lang=\"sv\">", Encoding.UTF8.GetString(swedish.Body), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", Encoding.UTF8.GetString(english.Body), StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", english.Headers.ContentType);
        Assert.Equal("en", english.Headers.ContentLanguage);
        Assert.Equal("Accept-Encoding,Accept-Language", english.Headers.Vary.ToString());
        Assert.Equal("1", english.Headers["Publication-Revision"]);
        Assert.Equal(Start.ToString("R", CultureInfo.InvariantCulture), english.Headers.LastModified);
        Assert.NotEqual(swedish.Headers.ETag, english.Headers.ETag);
        Assert.Equal(304, again.Status);
    }

    [Fact]
    public async Task Refresh_EmptyRegister_PublishesSeedAndReturnsRevision()
    {
        var first = await RefreshAsync("POST");
        var second = await RefreshAsync("POST");

        Assert.Equal("""{"revision":1,"changed":true,"changes":104,"rejected":0}""", Encoding.UTF8.GetString(first.Body));
        Assert.Equal("""{"revision":1,"changed":false,"changes":0,"rejected":0}""", Encoding.UTF8.GetString(second.Body));
        Assert.Equal(0, first.Headers.AccessControlAllowOrigin.Count);
    }

    [Fact]
    public async Task Refresh_Concurrent_Returns409()
    {
        await using var lease = await publications.TryAcquireLeaseAsync(TestContext.Current.CancellationToken);

        var response = await RefreshAsync("POST");

        Assert.Equal(409, response.Status);
    }

    [Fact]
    public async Task Refresh_Get_Returns405()
    {
        var response = await RefreshAsync("GET");

        Assert.Equal(405, response.Status);
        Assert.Equal("POST, OPTIONS", response.Headers.Allow);
    }

    [Fact]
    public async Task Refresh_StorageUnavailable_Returns503()
    {
        publications.IsAway = true;

        var response = await RefreshAsync("POST");

        Assert.Equal(503, response.Status);
    }

    private async Task PublishAsync()
    {
        await desk.PutAsync(SeedData.Entries.Single(entry => entry.Office.Id == "storuman"));
        await desk.RefreshAsync();
    }

    private Task<HttpExchange> GetAsync(string path, params (string Name, string Value)[] headers) => HttpExchange.SendAsync(
        path == "/" ? new PortalEndpoint(Pipeline, desk.Current, PortalPages.Site).HandleAsync : new HealthEndpoint(Pipeline, desk.Current, desk.Publisher, clock).HandleAsync,
        "GET", headers, path);

    /// <summary>Reads <c>/health/ready</c> of an instance that has never refreshed.</summary>
    private async Task<JsonElement> GetReadinessOfOtherInstanceAsync()
    {
        using Publisher publisher = new(
            desk.Register, publications, desk.Current, SeedData.Reference, PublishingHarness.MinimalFormats, clock, NullLogger<Publisher>.Instance);
        var response = await HttpExchange.SendAsync(new HealthEndpoint(Pipeline, desk.Current, publisher, clock).HandleAsync, "GET", [], "/health/ready");
        return JsonElement.Parse(response.Body);
    }

    private async Task<HttpExchange> RefreshAsync(string method)
    {
        using Publisher publisher = new(
            desk.Register, publications, desk.Current, SeedData.Reference, PublishingHarness.MinimalFormats, clock, NullLogger<Publisher>.Instance);
        return await HttpExchange.SendAsync(new RefreshEndpoint(Pipeline, new RegisterRefresh(desk.Register, publications, desk.Current, publisher, TimeProvider.System, seedUnusedRegister: true)).HandleAsync, method, [], "/register/refresh");
    }

    /// <summary>The embedded store with a connection that can be interrupted.</summary>
    private sealed class UnreliableStore(IPublicationStore store) : IPublicationStore
    {
        public bool IsAway { get; set; }

        private IPublicationStore Store => IsAway ? throw new StorageUnavailableException("cut by the test", new TimeoutException()) : store;

        public Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken) =>
            Store.WriteAsync(path, content, headers, cancellationToken);

        public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken) =>
            Store.OpenReadAsync(path, offset, length, cancellationToken);

        public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) =>
            Store.ReadPointerAsync(knownETag, cancellationToken);

        public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) =>
            Store.ReplacePointerAsync(content, ifMatch, cancellationToken);

        public IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellationToken) => Store.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string path, CancellationToken cancellationToken) => Store.DeleteAsync(path, cancellationToken);

        public Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken) => Store.TryAcquireLeaseAsync(cancellationToken);
    }
}
