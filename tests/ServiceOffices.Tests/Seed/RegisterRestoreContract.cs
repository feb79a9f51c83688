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
    protected abstract Task BreakAsync(string officeId);

    [Fact]
    public async Task Restore_AfterBadImport_EqualsRevision()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        var good = await TextAsync(desk);
        await SpoilAsync(desk);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 4, 0), await RefreshAsync(desk));

        var outcome = await RestoreAsync(desk, 1);

        Assert.Equal((3, 1, 76), (outcome!.Written, outcome.Removed, outcome.Kept));
        Assert.Empty(outcome.Unreadable);
        Assert.Equal(good, await TextAsync(desk));
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 3, 4, 0), await RefreshAsync(desk));
        var loaded = await desk.LoadLatestAsync();
        var first = await desk.Reader.LoadRevisionAsync(loaded, 1, Cancel);
        Assert.Equal(
            JsonSerializer.Serialize(first!.Register.Offices.Select(office => office with { ModifiedAt = default })),
            JsonSerializer.Serialize(loaded.Publication.Register.Offices.Select(office => office with { ModifiedAt = default })));
        Assert.Equal(first.Register.Events, loaded.Publication.Register.Events);
    }

    [Fact]
    public async Task Restore_Twice_IsIdempotent()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        await SpoilAsync(desk);
        await RefreshAsync(desk);
        await RestoreAsync(desk, 1);
        var tags = (await desk.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.ETag).ToList();

        var again = await RestoreAsync(desk, 1);

        Assert.Equal((0, 0, 79), (again!.Written, again.Removed, again.Kept));
        Assert.Equal(tags, (await desk.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.ETag));
    }

    [Fact]
    public async Task Restore_LostRegister_RecreatesIt()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        var good = await TextAsync(desk);
        foreach (var entry in SeedData.Entries)
        {
            await desk.Register.RemoveAsync(entry.Office.Id, IRegisterStore.AnyVersion, Cancel);
        }

        Assert.Equal(RefreshResult.RegisterLost, (await RefreshAsync(desk)).Result);
        var outcome = await RestoreAsync(desk, 1);

        Assert.Equal(79, outcome!.Written);
        Assert.Equal(good, await TextAsync(desk));
        Assert.Equal(RefreshResult.NothingNew, (await RefreshAsync(desk)).Result);
    }

    [Fact]
    public async Task Restore_UnreadableRows_AreOverwritten()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        var good = await TextAsync(desk);
        await BreakAsync("storuman");
        Assert.NotEmpty((await desk.Register.ReadAllAsync(Cancel)).Rejected);

        var outcome = await RestoreAsync(desk, 1);

        Assert.Equal(1, outcome!.Written);
        Assert.Empty((await desk.Register.ReadAllAsync(Cancel)).Rejected);
        Assert.Equal(good, await TextAsync(desk));
    }

    [Fact]
    public async Task Restore_DuringRefresh_IsRejected()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        await using var lease = await desk.Publications.TryAcquireLeaseAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<ConflictException>(() => RestoreAsync(desk, 1));

        Assert.Contains("Run the command again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_UnknownRevision_ChangesNothing()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);

        Assert.Null(await RestoreAsync(desk, 2));
    }

    [Fact]
    public async Task InitialLoad_NothingPublished_FillsRegister()
    {
        using var desk = OpenDesk();
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 0, 0), await RefreshAsync(desk));

        Assert.Equal(79, await LoadAsync(desk));
        Assert.Equal(0, await LoadAsync(desk));

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 79, 0), await RefreshAsync(desk));
    }

    [Fact]
    public async Task InitialLoad_AlreadyPublished_WritesNothing()
    {
        using var desk = OpenDesk();
        await PublishStartingDataAsync(desk);
        await desk.Register.RemoveAsync("storuman", IRegisterStore.AnyVersion, Cancel);

        Assert.Equal(0, await LoadAsync(desk));
        Assert.Null(await desk.Register.ReadAsync("storuman", Cancel));
    }

    [Fact]
    public async Task InitialLoad_NonEmptyRegister_IsRejected()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(SampleEntries.Create("their-own"));

        Assert.Null(await LoadAsync(desk));
        Assert.Single((await desk.Register.ReadAllAsync(Cancel)).Entries);
    }

    private PublishingHarness OpenDesk() => new(OpenRegister(), OpenPublications(clock), clock);

    private Task<int?> LoadAsync(PublishingHarness desk) => new OnDemandSeeder(desk.Register, desk.Publications, desk.Current, clock).RunAsync(Cancel);

    private Task<RestoreOutcome?> RestoreAsync(PublishingHarness desk, long revision) =>
        new RegisterRestore(desk.Register, desk.Publications, desk.Current, clock).RunAsync(revision, Cancel);

    private async Task<RefreshOutcome> RefreshAsync(PublishingHarness desk)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        return await desk.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));
    }

    private async Task PublishStartingDataAsync(PublishingHarness desk)
    {
        await LoadAsync(desk);
        await RefreshAsync(desk);
    }

    /// <summary>Changes one office, removes the events of one, removes one and adds one.</summary>
    private static async Task SpoilAsync(PublishingHarness desk)
    {
        await desk.PutAsync(Starting("storuman").With(office => office with { Name = "?", Services = [] }));
        await desk.PutAsync(Starting("varnhem") with { Events = [] });
        await desk.Register.RemoveAsync("borgholm", IRegisterStore.AnyVersion, Cancel);
        await desk.PutAsync(SampleEntries.Create("one-too-many"));
    }

    private static RegisterEntry Starting(string id) => SeedData.Entries.Single(entry => entry.Office.Id == id);

    /// <summary>Gets the content of the register without ETags.</summary>
    private static async Task<string> TextAsync(PublishingHarness desk) =>
        JsonSerializer.Serialize((await desk.Register.ReadAllAsync(Cancel)).Entries.Select(entry => entry.Entry));
}
