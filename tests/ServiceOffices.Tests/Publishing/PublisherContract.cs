using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>The contract of the publisher on every kind of store.</summary>
public abstract class PublisherContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IRegisterStore OpenRegister();

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IPublicationStore OpenPublications(TimeProvider time);

    private PublishingHarness OpenDesk(TimeProvider? time = null, ILogger<Publisher>? log = null) =>
        new(OpenRegister(), OpenPublications(time ?? clock), time ?? clock, log);

    private static RegisterEntry Starting(string id) => SeedData.Entries.Single(entry => entry.Office.Id == id);

    [Fact]
    public async Task Refresh_NothingNew_WritesNothing()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.PutAsync(Starting("varnhem"));

        var first = await desk.RefreshAsync();
        var written = await desk.SnapshotStoreAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await desk.RefreshAsync();
        using var another = OpenDesk();
        var third = await another.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 2, 0), first);
        Assert.Equal(new RefreshOutcome(RefreshResult.NothingNew, 1, 0, 0), second);
        Assert.Equal(second, third);
        Assert.Equal(written, await desk.SnapshotStoreAsync());
    }

    [Fact]
    public async Task Refresh_RegisterLostAllOffices_PublishesNothing()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.RefreshAsync();
        var written = await desk.SnapshotStoreAsync();
        await desk.Register.RemoveAsync("storuman", IRegisterStore.AnyVersion, Cancel);

        var outcome = await desk.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.RegisterLost, 1, 0, 0), outcome);
        Assert.Equal(written, await desk.SnapshotStoreAsync());
    }

    [Fact]
    public async Task Refresh_EmptyRegister_PublishesEmptyDatasets()
    {
        using var desk = OpenDesk();

        var outcome = await desk.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 0, 0), outcome);
        var publication = (await desk.LoadLatestAsync()).Publication;
        Assert.Equal("first", publication.Record.Reason);
        Assert.Empty(publication.Register.Offices);
        Assert.Equal(290, publication.Tables["municipalities"].Count);
        Assert.Null(publication.Register.Municipalities[0].DistanceToNearestOpenOfficeKm);
    }

    [Fact]
    public async Task Refresh_Publication_ReadsBack()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.PutAsync(Starting("storstad-01"));
        await desk.RefreshAsync();

        var made = (await desk.Current.GetAsync(Cancel))!;
        var read = (await desk.LoadLatestAsync()).Publication;

        Assert.Equal(PublishingHarness.Serialize(made.Register), PublishingHarness.Serialize(read.Register));
        Assert.Equal((made.Folder, made.ManifestSha256, made.Revision, made.At), (read.Folder, read.ManifestSha256, read.Revision, read.At));
    }

    [Fact]
    public async Task Refresh_EditedName_IsOneChangeAndKeepsOldFiles()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.PutAsync(Starting("varnhem"));
        await desk.RefreshAsync();
        var before = await desk.PublishedFilesAsync();

        clock.Advance(TimeSpan.FromMinutes(1));
        await desk.PutAsync(Starting("storuman").With(office => office with { Name = "Servicekontor Åsele \"1\"" }));
        var outcome = await desk.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), outcome);
        var register = (await desk.LoadLatestAsync()).Publication.Register;
        var change = register.Changes[^1];
        Assert.Equal((3, "storuman", "changed", "Servicekontor Åsele \"1\"", 2), (change.Sequence, change.OfficeId, change.Kind, change.Name, change.Publication));
        Assert.Equal([new PropertyChange("name", "Servicekontor Storuman", "Servicekontor Åsele \"1\"")], change.Properties);
        Assert.Equal(Start.AddMinutes(1), change.At);
        Assert.Equal("edit", register.Publications[^1].Reason);
        Assert.Equal(Start.AddMinutes(1), register.Offices.Single(office => office.Office.Id == "storuman").ModifiedAt);
        Assert.Equal(Start, register.Offices.Single(office => office.Office.Id == "varnhem").ModifiedAt);
        var after = await desk.PublishedFilesAsync();
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        Assert.Contains("Åsele \"\"1\"\"", Encoding.UTF8.GetString(after["/downloads/2/offices.csv "]), StringComparison.Ordinal);
    }

    // Summer time ends 2026-10-25 03:00 and begins 2027-03-28 02:00: local midnight moves by an hour in UTC.
    [Theory]
    [InlineData("2026-10-25", "2026-10-24T22:00:00Z")]
    [InlineData("2026-10-26", "2026-10-25T23:00:00Z")]
    [InlineData("2027-03-28", "2027-03-27T23:00:00Z")]
    [InlineData("2027-03-29", "2027-03-28T22:00:00Z")]
    public async Task Refresh_LocalMidnightOfOpening_OpensOffice(string opens, string midnightUtc)
    {
        var midnight = DateTimeOffset.Parse(midnightUtc, null);
        FakeTimeProvider time = new(midnight.AddDays(-30));
        using var desk = OpenDesk(time);
        await desk.PutAsync(SampleEntries.CreateAtMunicipality("kiruna", "2584", 67.85, 20.21667) with
        {
            Events = [SampleEntries.CreateEvent("kiruna", 1, "planned", "2026-01-01"), SampleEntries.CreateEvent("kiruna", 2, "opened", opens)],
        });
        await desk.RefreshAsync();

        time.SetUtcNow(midnight.AddSeconds(-1));
        var before = await desk.RefreshAsync();
        time.SetUtcNow(midnight);
        var after = await desk.RefreshAsync();

        Assert.Equal(RefreshResult.NothingNew, before.Result);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), after);
        var register = (await desk.LoadLatestAsync()).Publication.Register;
        Assert.Equal("date", register.Publications[^1].Reason);
        Assert.Equal(("opened", midnight), (register.Changes[^1].Kind, register.Changes[^1].At));
        Assert.Equal([new PropertyChange("status", "planned", "open")], register.Changes[^1].Properties);
        Assert.Equal((1, 0.0, "kiruna"), register.Municipalities
            .Where(municipality => municipality.Municipality.Code == "2584")
            .Select(municipality => (municipality.OfficesOpen, municipality.DistanceToNearestOpenOfficeKm!.Value, municipality.NearestOpenOfficeId))
            .Single());
        Assert.Equal(new NetworkSize(DateOnly.ParseExact(opens, "yyyy-MM-dd", null), 0, 0, 1, 0, 0), register.NetworkSizes[^1]);
    }

    [Fact]
    public async Task Refresh_UnreadableRows_KeepLastValueAndAreReported()
    {
        ListLogger<Publisher> log = new();
        using var desk = OpenDesk(log: log);
        await desk.PutAsync(SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "planned", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "opened", "2020-02-01")));
        await desk.PutAsync(SampleEntries.Create("b"));
        await desk.RefreshAsync();

        await desk.PutAsync(SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "planned", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "exploded", "2020-02-01")));
        await desk.PutAsync(SampleEntries.Create("b", SampleEntries.CreateEvent("b", 1, "opened", "2021-01-01")).With(office => office with { Kind = "palace", Name = "B" }));
        await desk.PutAsync(SampleEntries.Create("never").With(office => office with { Name = " " }));
        var broken = await desk.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 3), broken);
        var loaded = await desk.LoadLatestAsync();
        var register = loaded.Publication.Register;
        Assert.Equal([("a", 2, "kind"), ("b", null, "kind"), ("never", (int?)null, "name")], loaded.Manifest.Rejected.Select(row => (row.OfficeId, row.EventNumber, row.Fields.Single())));
        Assert.Equal([("a", "Servicekontor a", "open"), ("b", "Servicekontor b", "open")], register.Offices.Select(office => (office.Office.Id, office.Office.Name, office.Status!)));
        Assert.Equal([("a", 1, "planned"), ("a", 2, "opened"), ("b", 1, "opened")], register.Events.Select(happened => (happened.OfficeId, happened.Number, happened.Kind)));
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Warning && line.Line.StartsWith("Event 2 of office a is invalid", StringComparison.Ordinal));

        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync()).Result);
        await desk.PutAsync(SampleEntries.Create("never"));
        Assert.Equal(2, (await desk.RefreshAsync()).Rejected);
        Assert.Equal(3, (await desk.LoadLatestAsync()).Publication.Register.Offices.Count);
    }

    [Fact]
    public async Task Refresh_Each_LogsOneLine()
    {
        ListLogger<Publisher> log = new();
        using var desk = OpenDesk(log: log);

        await desk.RefreshAsync();
        await desk.RefreshAsync();

        Assert.Equal(
            [
                "Refresh Published: revision 1, 0 changes, 0 rejected rows, 0 ms.",
                "Refresh NothingNew: revision 1, 0 changes, 0 rejected rows, 0 ms.",
            ],
            log.Lines.Select(line => line.Line));
    }

    [Fact]
    public async Task Refresh_RemovedOffice_LeavesTombstone()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(SampleEntries.Create("a"));
        await desk.PutAsync(SampleEntries.Create("b"));
        await desk.RefreshAsync();

        await desk.Register.RemoveAsync("a", IRegisterStore.AnyVersion, Cancel);
        await desk.RefreshAsync();

        var register = (await desk.LoadLatestAsync()).Publication.Register;
        Assert.Equal(["b"], register.Offices.Select(office => office.Office.Id));
        Assert.Equal([("a", "added"), ("b", "added"), ("a", "removed")], register.Changes.Select(change => (change.OfficeId, change.Kind)));
        Assert.Equal("Servicekontor a", register.Changes[2].Name);
        Assert.Empty(register.Changes[2].Properties);
    }

    [Fact]
    public async Task Manifests_AllRevisions_FormHashChain()
    {
        using var desk = OpenDesk();
        for (var edit = 1; edit <= 4; edit++)
        {
            await desk.PutAsync(SampleEntries.Create("a").With(office => office with { Note = $"edit {edit}" }));
            await desk.RefreshAsync();
        }

        var loaded = await desk.LoadLatestAsync();
        var sha256 = loaded.Publication.ManifestSha256;
        for (var revision = 4; revision >= 1; revision--)
        {
            var entry = loaded.Find(revision)!;
            Assert.Equal(revision, entry.Record.Revision);
            Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData((await desk.Publications.ReadAsync(entry.Folder + "manifest.json", Cancel))!)));
            Assert.Equal(revision == 1 ? null : revision - 1, entry.Record.PreviousRevision);
            sha256 = entry.Record.PreviousManifestSha256;
        }

        Assert.Null(sha256);
    }

    [Fact]
    public async Task Files_EachRevision_CoverEverySetAndSupportedFormat()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.RefreshAsync(ExportFormats.All);

        var files = (await desk.LoadLatestAsync()).Publication.Files;

        Assert.Equal(
            RegisterModel.Model.Sets.Where(set => set.Name != "files").SelectMany(set => ExportFormats.All.Where(format => format.GetUnsupportedReason(set.Type) is null).Select(format => $"{set.Name}.{format.Name}")),
            files.Select(file => file.Name));
        Assert.Equal((290, "/downloads/1/municipalities.csv"), files.Where(file => file.Name == "municipalities.csv").Select(file => ((int)file.Rows, file.Url)).Single());
        Assert.Equal(["gzip", "br", "zstd"], files.Single(file => file.Name == "municipalities.csv").Encodings);
    }

    [Fact]
    public async Task Manifest_EachRevision_IsImmutable()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(SampleEntries.Create("a"));
        await desk.RefreshAsync();
        await desk.PutAsync(SampleEntries.Create("b"));
        await desk.RefreshAsync();

        Assert.Equal(1, (await desk.Current.GetManifestAsync(1, Cancel))!.Revision);
        Assert.Equal(2, (await desk.Current.GetManifestAsync(2, Cancel))!.Revision);
        Assert.Null(await desk.Current.GetManifestAsync(0, Cancel));
        Assert.Null(await desk.Current.GetManifestAsync(-1, Cancel));
        Assert.Null(await desk.Current.GetManifestAsync(3, Cancel));
    }

    [Fact]
    public async Task Refresh_OneOfficeChanged_WritesChangedDatasetsOnly()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(SampleEntries.Create("a"));
        await desk.RefreshAsync();
        await desk.PutAsync(SampleEntries.Create("b"));
        await desk.RefreshAsync();

        var publication = (await desk.LoadLatestAsync()).Publication;

        var offices = publication.Files.Single(file => file.Name == "offices.csv");
        Assert.Equal((2, "/downloads/2/offices.csv", publication.Folder + "offices.csv"), (offices.Revision, offices.Url, offices.Path));
        Assert.All(publication.Files.Where(file => file.Dataset == "counties"), file => Assert.Equal((1, $"/downloads/1/{file.Name}"), (file.Revision, file.Url)));
        Assert.Contains(publication.Folder + "offices.csv.gz", await desk.ListPathsAsync(publication.Folder));
        Assert.DoesNotContain(await desk.ListPathsAsync(publication.Folder), path => path.Contains("counties", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_FormatsChanged_PublishesRevisionWithReasonFormat()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(SampleEntries.Create("a"));
        await desk.RefreshAsync(new CsvFormat());

        var outcome = await desk.RefreshAsync(new CsvFormat(), new JsonFormat());

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 0, 0), outcome);
        Assert.Equal("format", (await desk.LoadLatestAsync()).Publication.Record.Reason);
        Assert.Equal(RefreshResult.NothingNew, (await desk.RefreshAsync(new CsvFormat(), new JsonFormat())).Result);
    }

    [Fact]
    public async Task Refresh_LeaseHeld_IsBusyAndWritesNothing()
    {
        using var desk = OpenDesk();
        await desk.RefreshAsync();
        await desk.PutAsync(SampleEntries.Create("a"));
        var before = await desk.SnapshotStoreAsync();

        await using (await OpenPublications(clock).TryAcquireLeaseAsync(Cancel))
        {
            Assert.Equal(new RefreshOutcome(RefreshResult.Busy, 1, 0, 0), await desk.RefreshAsync());
        }

        Assert.Equal(before, await desk.SnapshotStoreAsync());
        Assert.Equal(RefreshResult.Published, (await desk.RefreshAsync()).Result);
    }

    [Fact]
    public async Task Refresh_PointerReplaced_IsConflictAndNextCompletes()
    {
        using var desk = OpenDesk();
        await desk.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));
        await desk.PutAsync(SampleEntries.Create("a"));
        var store = OpenPublications(clock);
        CallbackFormat racing = new("txt", async () =>
        {
            var pointer = (await store.ReadPointerAsync(null, Cancel))!;
            await store.ReplacePointerAsync(pointer.Content, pointer.ETag, Cancel);
        });

        var lost = await desk.RefreshAsync(racing);
        var unchanged = await desk.LoadLatestAsync();
        var next = await desk.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));

        Assert.Equal(new RefreshOutcome(RefreshResult.Conflict, 1, 0, 0), lost);
        Assert.Equal(1, unchanged.Publication.Revision);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), next);
        Assert.Equal(2, (await desk.PublishedFilesAsync()).Count);
    }

    [Fact]
    public async Task Refresh_AfterGracePeriod_DeletesAbandonedFiles()
    {
        // The storage uses its own clock for file times.
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        using var desk = OpenDesk(time);
        await desk.PutAsync(SampleEntries.Create("a"));
        CallbackFormat failing = new("txt", () => throw new InvalidOperationException("The disk of the format is full."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.RefreshAsync(failing));
        var left = await desk.ListPathsAsync("revisions/");
        Assert.EndsWith("/register.json", Assert.Single(left), StringComparison.Ordinal);
        await desk.RefreshAsync(new CsvFormat());

        time.Advance(TimeSpan.FromMinutes(59));
        await desk.RefreshAsync(new CsvFormat());
        Assert.Contains(left[0], await desk.ListPathsAsync("revisions/"));
        time.Advance(TimeSpan.FromMinutes(2));
        await desk.RefreshAsync(new CsvFormat());

        Assert.DoesNotContain(left[0], await desk.ListPathsAsync("revisions/"));
        Assert.Empty(await desk.ListPathsAsync("tries/"));
        Assert.NotEmpty(await desk.PublishedFilesAsync());
    }

    [Fact]
    public async Task Current_OtherProcess_UpdatesWithinSecondsWithoutBlocking()
    {
        using var desk = OpenDesk();
        using var reader = OpenDesk();
        Assert.Null(await reader.Current.GetAsync(Cancel));
        await desk.RefreshAsync();
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);

        await desk.PutAsync(SampleEntries.Create("a"));
        await desk.RefreshAsync();
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);
        await reader.Current.BackgroundCheck;

        Assert.Equal(2, (await reader.Current.GetAsync(Cancel))!.Revision);
        Assert.Equal(new PublicationHealth(clock.GetUtcNow(), true, null, 2), reader.Current.Health);
    }

    [Fact]
    public async Task Load_TamperedFile_IsRejectedAndOldRevisionServed()
    {
        using var desk = OpenDesk();
        await desk.RefreshAsync();
        var path = (await desk.LoadLatestAsync()).Manifest.Register.Path;
        await desk.Publications.DeleteAsync(path, Cancel);
        await desk.Publications.WriteAsync(path, "{}"u8.ToArray(), "application/json", Cancel);

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(desk.LoadLatestAsync);

        Assert.Equal($"The publication store is damaged: the SHA-256 of '{path}' does not match.", refusal.Message);
        Assert.Equal(1, (await desk.Current.GetAsync(Cancel))!.Revision);
    }
}
