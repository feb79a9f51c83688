using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Seed;

public sealed class SeedLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteRegisterStore register;
    private readonly SqlitePublicationStore publications;

    public SeedLoaderTests()
    {
        register = new(folder.Database);
        publications = new(folder.Database, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<int> LoadAsync() => RegisterSeeder.SeedIfUnusedAsync(register, publications, TimeProvider.System, Cancel);

    private async Task<int> CountAsync() => (await register.ReadAllAsync(Cancel)).Entries.Count;

    [Fact]
    public async Task Load_EmptyStore_WritesEveryEntryOnce()
    {
        Assert.Equal(104, await LoadAsync());
        Assert.Equal(0, await LoadAsync());

        var content = await register.ReadAllAsync(Cancel);
        Assert.Empty(content.Rejected);
        Assert.Equal(158, content.Entries.Sum(stored => stored.Entry.Events.Count));
        Assert.Equal(SeedData.Entries.Select(entry => entry.Office.Id), content.Entries.Select(stored => stored.Entry.Office.Id));
    }

    [Fact]
    public async Task Load_AfterInterruptedRun_Completes()
    {
        await register.WriteAsync(SeedData.Entries[0], null, Cancel);
        await register.WriteAsync(SeedData.Entries[1], null, Cancel);

        Assert.Equal(102, await LoadAsync());
    }

    [Fact]
    public async Task Load_NonEmptyRegister_ChangesNothing()
    {
        await register.WriteAsync(SampleEntries.Create("their-own"), null, Cancel);

        Assert.Equal(0, await LoadAsync());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Load_AfterPublication_RestoresNothing()
    {
        await LoadAsync();
        using PublishingHarness harness = new(register, publications, TimeProvider.System);
        await harness.RefreshAsync();
        await register.RemoveAsync("storuman", IRegisterStore.AnyVersion, Cancel);

        Assert.Equal(0, await LoadAsync());
        Assert.Equal(103, await CountAsync());
    }

    public void Dispose() => folder.Dispose();
}
