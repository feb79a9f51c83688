using System.Text;
using CrashingPublisher;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Damages each kind of file of a publication store, on every kind of store: every case ends in service and repair.</summary>
public abstract partial class DamageContract
{
    private const string Pointer = "current";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IRegisterStore OpenRegister();

    protected abstract IPublicationStore OpenPublications(TimeProvider time);

    protected abstract Task DeletePointerAsync();

    private static IEnumerable<(string Name, Damage Damage)> Cases =>
        from name in new[] { "manifest.json", "register.json", "history.json" } from damage in Enum.GetValues<Damage>() select (name, damage);

    private PublishingHarness OpenHarness() => new(OpenRegister(), OpenPublications(clock), clock);

    /// <summary>Publishes three revisions of one office and returns the newest.</summary>
    private async Task<LoadedPublication> PublishAsync()
    {
        using var harness = OpenHarness();
        for (var edit = 1; edit <= 3; edit++)
        {
            await EditAsync(harness, edit);
        }

        return await harness.LoadLatestAsync();
    }

    private async Task EditAsync(PublishingHarness harness, int edit)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        await harness.PutAsync(SampleEntries.Create("a").With(office => office with { Note = $"edit {edit}" }));
        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync(new MinimalFormat())).Result);
    }

    [Theory]
    [InlineData(Damage.Delete)]
    [InlineData(Damage.Empty)]
    [InlineData(Damage.Truncate)]
    [InlineData(Damage.FlipBit)]
    [InlineData(Damage.Garbage)]
    public async Task Pointer_Damaged_IsRebuiltFromNewestManifest(Damage damage)
    {
        var before = await PublishAsync();
        await DamagePointerAsync(damage);

        using var restarted = OpenHarness();
        Assert.Equal(3, (await restarted.Current.GetAsync(Cancel))!.Revision);
        Assert.Equal(new RefreshOutcome(RefreshResult.NothingNew, 3, 0, 0), await restarted.RefreshAsync(new MinimalFormat()));

        var after = await restarted.LoadLatestAsync();
        Assert.Null(after.Damage);
        Assert.Equal((before.Publication.Folder, before.Publication.ManifestSha256), (after.Publication.Folder, after.Publication.ManifestSha256));
        await AssertNextEditIsPublishedAsync(4);
    }

    [Fact]
    public async Task Pointer_OtherJson_IsRebuilt()
    {
        await PublishAsync();
        string[] contents =
        [
            "null", "{}", "[]", """{"revision":3}""", """{"revision":3,"manifest":{}}""",
            """{"revision":3,"manifest":{"path":"revisions/none","sha256":"0"}}""", """{"revision":3,"manifest":{"path":"../..//","sha256":"0"}}""",
        ];
        foreach (var content in contents)
        {
            await ReplacePointerAsync(Encoding.UTF8.GetBytes(content));

            using var restarted = OpenHarness();
            await restarted.RefreshAsync(new MinimalFormat());

            Assert.Equal((3, null), (await restarted.LoadLatestAsync()) switch { var loaded => (loaded.Publication.Revision, loaded.Damage) });
        }

        await AssertNextEditIsPublishedAsync(4);
    }

    // The hash of an intact manifest that agrees with its copy is right.
    [Fact]
    public async Task Pointer_WrongHash_IsRebuilt()
    {
        var before = await PublishAsync();
        await ReplacePointerAsync(Encoding.UTF8.GetBytes($$$"""{"revision":3,"manifest":{"path":"{{{before.Manifest.Path}}}","sha256":"{{{new string('0', 64)}}}"}}"""));

        using var restarted = OpenHarness();

        Assert.Equal(new RefreshOutcome(RefreshResult.NothingNew, 3, 0, 0), await restarted.RefreshAsync(new MinimalFormat()));
        Assert.Null((await restarted.LoadLatestAsync()).Damage);
    }

    // Restored from a backup that is older than the newest revision.
    [Fact]
    public async Task Pointer_OfEarlierRevision_NeverPublishesRevisionTwice()
    {
        using var harness = OpenHarness();
        await EditAsync(harness, 1);
        var old = (await harness.Publications.ReadPointerAsync(null, Cancel))!.Content;
        await EditAsync(harness, 2);
        var newest = await harness.LoadLatestAsync();
        await ReplacePointerAsync(old);

        using var restarted = OpenHarness();
        await restarted.PutAsync(SampleEntries.Create("a").With(office => office with { Note = "edit 3" }));
        var first = await restarted.RefreshAsync(new MinimalFormat());
        var second = await restarted.RefreshAsync(new MinimalFormat());

        Assert.Equal((RefreshResult.Conflict, RefreshResult.Published), (first.Result, second.Result));
        var after = await restarted.LoadLatestAsync();
        Assert.Equal((3, newest.Publication.Folder), (after.Publication.Revision, after.Find(2)!.Folder));
    }

    [Fact]
    public async Task CurrentFile_Damaged_IsRestoredFromCopy()
    {
        var before = await PublishAsync();
        foreach (var (name, damage) in Cases)
        {
            var path = before.Publication.Folder + name;
            var bytes = (await OpenPublications(clock).ReadAsync(path, Cancel))!;
            await DamageFileAsync(path, damage);

            using var restarted = OpenHarness();
            Assert.Equal(3, (await restarted.Current.GetAsync(Cancel))!.Revision);
            var restored = await restarted.Publications.ReadAsync(path, Cancel);
            Assert.True(restored is not null && bytes.AsSpan().SequenceEqual(restored), $"{name} after {damage}");
            Assert.Equal(RefreshResult.NothingNew, (await restarted.RefreshAsync(new MinimalFormat())).Result);
        }

        await AssertNextEditIsPublishedAsync(4);
    }

    [Fact]
    public async Task FileOfEarlierRevision_Damaged_IsRestoredFromCopy()
    {
        await PublishAsync();
        var old = (await OpenHarness().LoadLatestAsync()).Find(2)!;
        foreach (var (name, damage) in Cases)
        {
            await DamageFileAsync(old.Folder + name, damage);

            using var restarted = OpenHarness();
            Assert.Equal("edit 2", (await restarted.Current.GetRevisionAsync(2, Cancel))!.Register.Offices.Single().Office.Note);
            Assert.Equal(2, (await restarted.Current.GetManifestAsync(2, Cancel))!.Revision);
            Assert.NotNull(await restarted.Current.ReadManifestBytesAsync(2, Cancel));
        }
    }

    [Fact]
    public async Task Copy_Damaged_DoesNotAffectService()
    {
        var before = await PublishAsync();
        foreach (var (name, damage) in Cases)
        {
            var path = before.Publication.Folder + name + ".gz";
            var bytes = (await OpenPublications(clock).ReadAsync(path, Cancel))!;
            await DamageFileAsync(path, damage);

            using var restarted = OpenHarness();

            Assert.Equal(3, (await restarted.Current.GetAsync(Cancel))!.Revision);
            await restarted.Publications.DeleteAsync(path, Cancel);
            await restarted.Publications.WriteAsync(path, bytes, "application/json", Cancel);
        }

        await AssertNextEditIsPublishedAsync(4);
    }

    // Also the files of earlier versions of the platform, which have no copies.
    [Fact]
    public async Task CurrentFileAndCopy_Damaged_PreviousRevisionIsServedAndRegisterRepublished()
    {
        var previous = (await PublishAsync()).Publication;
        foreach (var (name, damage) in Cases)
        {
            using (var editor = OpenHarness())
            {
                await EditAsync(editor, (int)previous.Revision + 1);
            }

            var lost = (await OpenHarness().LoadLatestAsync()).Publication;
            await DamageFileAsync(lost.Folder + name, damage);
            await DamageFileAsync(lost.Folder + name + ".gz", Damage.Delete);

            using var restarted = OpenHarness();
            Assert.Equal((previous.Revision, previous.ManifestSha256), ((await restarted.Current.GetAsync(Cancel))! is var served ? (served.Revision, served.ManifestSha256) : default));
            Assert.Equal(new RefreshOutcome(RefreshResult.Published, lost.Revision + 1, 1, 0), await restarted.RefreshAsync(new MinimalFormat()));

            var after = await restarted.LoadLatestAsync();
            Assert.Equal(("repair", previous.Revision, null), (after.Publication.Record.Reason, after.Publication.Record.PreviousRevision, after.Damage));
            Assert.Equal(lost.Register.Offices.Single().Office.Note, after.Publication.Register.Offices.Single().Office.Note);
            Assert.Null(await restarted.Current.GetRevisionAsync(lost.Revision, Cancel));
            Assert.Equal(previous.Revision, (await restarted.Current.GetManifestAsync(previous.Revision, Cancel))!.Revision);
            previous = after.Publication;
        }

        using var last = OpenHarness();
        await last.PublishedFilesAsync();
        Assert.Equal(3 + 2 * Cases.Count(), previous.Revision);
        Assert.Equal(3 + Cases.Count(), previous.Register.Publications.Count);
    }

    [Fact]
    public async Task PointerAndCurrentRegister_Lost_NextRevisionIsNumberedAfterLostOne()
    {
        var before = await PublishAsync();
        await DeletePointerAsync();
        await DamageFileAsync(before.Publication.Folder + "register.json", Damage.Delete);
        await DamageFileAsync(before.Publication.Folder + "register.json.gz", Damage.Delete);

        using var restarted = OpenHarness();

        Assert.Equal(2, (await restarted.Current.GetAsync(Cancel))!.Revision);
        Assert.Equal(4, (await restarted.RefreshAsync(new MinimalFormat())).Revision);
    }

    [Fact]
    public async Task EveryManifest_Lost_RegisterIsRepublishedAfterLastRevision()
    {
        await PublishAsync();
        foreach (var path in (await OpenHarness().ListPathsAsync("revisions/")).Where(path => path.Contains("manifest", StringComparison.Ordinal)))
        {
            await OpenPublications(clock).DeleteAsync(path, Cancel);
        }

        using var restarted = OpenHarness();
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => restarted.Current.GetAsync(Cancel).AsTask());
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 4, 1, 0), await restarted.RefreshAsync(new MinimalFormat()));

        var after = (await restarted.LoadLatestAsync()).Publication;
        Assert.Equal(("repair", null, 1), (after.Record.Reason, after.Record.PreviousRevision, after.Register.Publications.Count));
        await AssertNextEditIsPublishedAsync(5);
    }

    [Fact]
    public async Task EveryFile_Lost_RunningProcessContinuesHistory()
    {
        await PublishAsync();
        using var running = OpenHarness();
        Assert.Equal(3, (await running.Current.GetAsync(Cancel))!.Revision);
        foreach (var path in await running.ListPathsAsync(""))
        {
            await running.Publications.DeleteAsync(path, Cancel);
        }

        await DeletePointerAsync();
        await running.PutAsync(SampleEntries.Create("a").With(office => office with { Note = "edit 4" }));
        await running.RefreshAsync(new MinimalFormat());

        Assert.Equal(4, (await running.Current.GetAsync(Cancel))!.Revision);
    }

    private async Task AssertNextEditIsPublishedAsync(long revision)
    {
        using var next = OpenHarness();
        await EditAsync(next, (int)revision + 100);
        var loaded = await next.LoadLatestAsync();
        Assert.Equal((revision, null), (loaded.Publication.Revision, loaded.Damage));
        await next.PublishedFilesAsync(since: revision);
    }

    private async Task DamagePointerAsync(Damage damage)
    {
        if (damage == Damage.Delete)
        {
            await DeletePointerAsync();
            return;
        }

        var content = (await OpenPublications(clock).ReadPointerAsync(null, Cancel))!.Content;
        await ReplacePointerAsync(DamagedBytes.Create(content.ToArray(), damage)!);
    }

    private async Task ReplacePointerAsync(ReadOnlyMemory<byte> content)
    {
        var store = OpenPublications(clock);
        Assert.NotNull(await store.ReplacePointerAsync(content, (await store.ReadPointerAsync(null, Cancel))!.ETag, Cancel));
    }

    private Task DamageFileAsync(string path, Damage damage) => DamagedBytes.ApplyAsync(OpenPublications(clock), path, damage, Cancel);
}
