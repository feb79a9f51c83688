using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;
using ServiceOffices.Tests.Publishing;

namespace ServiceOffices.Tests.Seed;

/// <summary>The contract of a restore on every kind of store.</summary>
public abstract class RegisterRestoreContract
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IRegisterStore OpenRegister();

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IPublicationStore OpenPublications(TimeProvider time);

    /// <summary>Makes a row of the office unreadable.</summary>
    protected abstract Task MakeUnreadableAsync(string officeId);

    [Fact]
    public async Task Restore_AfterBadImport_EqualsRevision()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        var original = await TextAsync(harness);
        await ModifyRegisterAsync(harness);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 4, 0), await RefreshAsync(harness));

        var result = await RestoreAsync(harness, 1);

        Assert.Equal((3, 1, 101), (result!.Written, result.Removed, result.Kept));
        Assert.Empty(result.Unreadable);
        Assert.Equal(original, await TextAsync(harness));
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 3, 4, 0), await RefreshAsync(harness));
        var loaded = await harness.LoadLatestAsync();
        var first = await harness.Reader.LoadRevisionAsync(loaded, 1, Cancel);
        Assert.Equal(
            JsonSerializer.Serialize(first!.Register.Offices.Select(office => office with { ModifiedAt = default })),
            JsonSerializer.Serialize(loaded.Publication.Register.Offices.Select(office => office with { ModifiedAt = default })));
        Assert.Equal(first.Register.Events, loaded.Publication.Register.Events);
    }

    [Fact]
    public async Task Restore_Twice_IsIdempotent()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        await ModifyRegisterAsync(harness);
        await RefreshAsync(harness);
        await RestoreAsync(harness, 1);
        var tags = (await harness.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.ETag).ToList();

        var again = await RestoreAsync(harness, 1);

        Assert.Equal((0, 0, 104), (again!.Written, again.Removed, again.Kept));
        Assert.Equal(tags, (await harness.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.ETag));
    }

    [Fact]
    public async Task Restore_LostRegister_RecreatesIt()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        var original = await TextAsync(harness);
        foreach (var entry in SeedData.Entries)
        {
            await harness.Register.RemoveAsync(entry.Office.Id, IRegisterStore.AnyVersion, Cancel);
        }

        Assert.Equal(RefreshResult.RegisterLost, (await RefreshAsync(harness)).Result);
        var result = await RestoreAsync(harness, 1);

        Assert.Equal(104, result!.Written);
        Assert.Equal(original, await TextAsync(harness));
        Assert.Equal(RefreshResult.NothingNew, (await RefreshAsync(harness)).Result);
    }

    [Fact]
    public async Task Restore_UnreadableRows_AreOverwritten()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        var original = await TextAsync(harness);
        await MakeUnreadableAsync("storuman");
        Assert.NotEmpty((await harness.Register.ReadAllAsync(Cancel)).Rejected);

        var result = await RestoreAsync(harness, 1);

        Assert.Equal(1, result!.Written);
        Assert.Empty((await harness.Register.ReadAllAsync(Cancel)).Rejected);
        Assert.Equal(original, await TextAsync(harness));
    }

    [Fact]
    public async Task Restore_DuringRefresh_IsRejected()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        await using var lease = await harness.Publications.TryAcquireLeaseAsync(Cancel);

        var exception = await Assert.ThrowsAsync<ConflictException>(() => RestoreAsync(harness, 1));

        Assert.Contains("Run the command again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_UnknownRevision_ChangesNothing()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);

        Assert.Null(await RestoreAsync(harness, 2));
    }

    [Fact]
    public async Task InitialLoad_NothingPublished_FillsRegister()
    {
        using var harness = OpenHarness();
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 0, 0), await RefreshAsync(harness));

        Assert.Equal(104, await LoadAsync(harness));
        Assert.Equal(0, await LoadAsync(harness));

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 104, 0), await RefreshAsync(harness));
    }

    [Fact]
    public async Task InitialLoad_AlreadyPublished_WritesNothing()
    {
        using var harness = OpenHarness();
        await PublishSeedAsync(harness);
        await harness.Register.RemoveAsync("storuman", IRegisterStore.AnyVersion, Cancel);

        Assert.Equal(0, await LoadAsync(harness));
        Assert.Null(await harness.Register.ReadAsync("storuman", Cancel));
    }

    [Fact]
    public async Task InitialLoad_NonEmptyRegister_IsRejected()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("their-own"));

        Assert.Null(await LoadAsync(harness));
        Assert.Single((await harness.Register.ReadAllAsync(Cancel)).Entries);
    }

    private PublishingHarness OpenHarness() => new(OpenRegister(), OpenPublications(clock), clock);

    private Task<int?> LoadAsync(PublishingHarness harness) => new OnDemandSeeder(harness.Register, harness.Publications, harness.Current, clock).RunAsync(Cancel);

    private Task<RestoreOutcome?> RestoreAsync(PublishingHarness harness, long revision) =>
        new RegisterRestore(harness.Register, harness.Publications, harness.Current, clock).RunAsync(revision, Cancel);

    private async Task<RefreshOutcome> RefreshAsync(PublishingHarness harness)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        return await harness.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));
    }

    private async Task PublishSeedAsync(PublishingHarness harness)
    {
        await LoadAsync(harness);
        await RefreshAsync(harness);
    }

    /// <summary>Changes one office, removes the events of one, removes one and adds one.</summary>
    private static async Task ModifyRegisterAsync(PublishingHarness harness)
    {
        await harness.PutAsync(FindSeedEntry("storuman").With(office => office with { Name = "?", Services = [] }));
        await harness.PutAsync(FindSeedEntry("varnhem") with { Events = [] });
        await harness.Register.RemoveAsync("borgholm", IRegisterStore.AnyVersion, Cancel);
        await harness.PutAsync(SampleEntries.Create("one-too-many"));
    }

    private static RegisterEntry FindSeedEntry(string id) => SeedData.Entries.Single(entry => entry.Office.Id == id);

    /// <summary>Gets the content of the register without ETags.</summary>
    private static async Task<string> TextAsync(PublishingHarness harness) =>
        JsonSerializer.Serialize((await harness.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.Entry));
}
