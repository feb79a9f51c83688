using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class CurrentPublicationTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A store at a closed port, which rejects connections immediately (an RFC 5737 address would time out).</summary>
    private CurrentPublication CreateUnreachable()
    {
        BlobClientOptions hasty = new();
        hasty.Retry.MaxRetries = 0;
        BlobContainerClient container = new(new Uri("http://127.0.0.1:1/account/publications"), hasty);
        return new CurrentPublication(
            new PublicationReader(new BlobPublicationStore(container, clock)), clock, NullLogger<CurrentPublication>.Instance);
    }

    private async Task<LoadedPublication> PublishedAsync()
    {
        using PublishingHarness harness = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        await harness.RefreshAsync();
        return await harness.LoadLatestAsync();
    }

    [Fact]
    public async Task Get_NothingLoadedAndNoStorage_Throws()
    {
        using var current = CreateUnreachable();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => current.GetAsync(Cancel).AsTask());

        Assert.Equal(new PublicationHealth(Start, false, "The storage does not answer: no connection.", null), current.Health);
    }

    [Fact]
    public async Task Get_StorageUnavailable_ServesStaleAndReportsHealth()
    {
        using var current = CreateUnreachable();
        current.SetCurrent(await PublishedAsync());
        clock.Advance(TimeSpan.FromSeconds(6));

        var served = await current.GetAsync(Cancel);
        await current.BackgroundCheck;

        Assert.Equal(1, served!.Revision);
        Assert.Same(served, await current.GetAsync(Cancel));
        Assert.Equal(new PublicationHealth(Start.AddSeconds(6), false, "The storage does not answer: no connection.", 1), current.Health);
    }

    // A client that started paging on another instance requests a revision that this one has not loaded yet.
    [Fact]
    public async Task GetRevision_LaterThanServed_IsLoadedFromStorage()
    {
        using PublishingHarness ahead = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        using PublishingHarness behind = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        await ahead.RefreshAsync();
        Assert.Equal(1, (await behind.Current.GetAsync(Cancel))!.Revision);
        await ahead.PutAsync(SampleEntries.Create("new"));
        await ahead.RefreshAsync();

        Assert.Null(await behind.Current.GetRevisionAsync(2, Cancel));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await behind.Current.GetRevisionAsync(2, Cancel))!.Revision);
        Assert.Null(await behind.Current.GetRevisionAsync(3, Cancel));
        Assert.Null(await behind.Current.GetRevisionAsync(long.MaxValue, Cancel));
        Assert.Same(await behind.Current.GetRevisionAsync(1, Cancel), await behind.Current.GetRevisionAsync(1, Cancel));
    }

    [Fact]
    public async Task Get_Loaded_CompletesSynchronously()
    {
        using var current = CreateUnreachable();
        current.SetCurrent(await PublishedAsync());
        clock.Advance(TimeSpan.FromHours(1));

        var served = current.GetAsync(Cancel).AsTask();

        Assert.True(served.IsCompletedSuccessfully);
        await current.BackgroundCheck;
    }

    [Fact]
    public void Health_NeverLoaded_IsReported()
    {
        using var current = CreateUnreachable();

        Assert.Equal(new PublicationHealth(null, true, null, null), current.Health);
    }

    public void Dispose() => folder.Dispose();
}
