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

        Assert.Equal(2, (await behind.Current.GetRevisionAsync(2, Cancel))!.Revision);
        Assert.Null(await behind.Current.GetRevisionAsync(3, Cancel));
        Assert.Null(await behind.Current.GetRevisionAsync(long.MaxValue, Cancel));
        Assert.Same(await behind.Current.GetRevisionAsync(1, Cancel), await behind.Current.GetRevisionAsync(1, Cancel));
    }

    // Clients of several instances request it concurrently, some of them while a check is running.
    [Fact]
    public async Task GetRevision_LaterThanServed_IsFoundByEveryConcurrentCaller()
    {
        using PublishingHarness ahead = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        using PublishingHarness behind = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        await ahead.RefreshAsync();
        await behind.Current.GetAsync(Cancel);
        for (var revision = 2; revision <= 6; revision++)
        {
            await ahead.PutAsync(SampleEntries.Create($"new-{revision}"));
            await ahead.RefreshAsync();

            var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => behind.Current.GetRevisionAsync(revision, Cancel).AsTask())));

            Assert.All(found, publication => Assert.Equal(revision, publication!.Revision));
            Assert.Equal(revision, (await behind.Current.GetManifestAsync(revision, Cancel))!.Revision);
        }
    }

    [Fact]
    public async Task Age_LastCheckFailed_IsTimeSinceLastSuccess()
    {
        GatedPublicationStore store = new(new SqlitePublicationStore(folder.Database, clock));
        await PublishedAsync();
        using CurrentPublication current = new(new PublicationReader(store), clock, NullLogger<CurrentPublication>.Instance);
        await current.GetAsync(Cancel);
        Assert.Null(current.Age);

        store.IsUnavailable = true;
        clock.Advance(TimeSpan.FromSeconds(40));
        await current.GetAsync(Cancel);
        await current.BackgroundCheck;
        clock.Advance(TimeSpan.FromSeconds(2));
        var stale = current.Age;
        store.IsUnavailable = false;
        clock.Advance(TimeSpan.FromSeconds(6));
        await current.GetAsync(Cancel);
        await current.BackgroundCheck;

        Assert.Equal(TimeSpan.FromSeconds(42), stale);
        Assert.Null(current.Age);
    }

    [Fact]
    public async Task GetRevision_StorageHangs_FailsAfterThreeSecondsWhileOthersAreServed()
    {
        using PublishingHarness harness = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        for (var revision = 1; revision <= 6; revision++)
        {
            await harness.PutAsync(SampleEntries.Create($"office-{revision}"));
            await harness.RefreshAsync();
        }

        GatedPublicationStore store = new(new SqlitePublicationStore(folder.Database, clock)) { HangingPrefix = "revisions/00000001-" };
        StorageGuard guard = new(clock);
        using CurrentPublication current = new(new PublicationReader(store, guard: guard), clock, NullLogger<CurrentPublication>.Instance);
        await current.GetAsync(Cancel);

        var hanging = current.GetRevisionAsync(1, Cancel).AsTask();
        var same = current.GetRevisionAsync(1, Cancel).AsTask();
        Assert.Equal(2, (await current.GetRevisionAsync(2, Cancel))!.Revision);
        Assert.Equal(3, (await current.GetManifestAsync(3, Cancel))!.Revision);
        Assert.True(current.GetAsync(Cancel).AsTask().IsCompletedSuccessfully);
        Assert.False(hanging.IsCompleted);
        await store.HangingRead;
        clock.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => hanging);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => same);
        Assert.Equal(4, (await current.GetRevisionAsync(4, Cancel))!.Revision);
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
