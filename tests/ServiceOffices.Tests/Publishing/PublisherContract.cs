using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>The contract of the publisher on every kind of store.</summary>
public abstract partial class PublisherContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IRegisterStore OpenRegister();

    /// <summary>Opens a separate store on the data of the test, as another process does.</summary>
    protected abstract IPublicationStore OpenPublications(TimeProvider time);

    private PublishingHarness OpenHarness(TimeProvider? time = null, ILogger<Publisher>? log = null) =>
        new(OpenRegister(), OpenPublications(time ?? clock), time ?? clock, log);

    private static RegisterEntry FindSeedEntry(string id) => SeedData.Entries.Single(entry => entry.Office.Id == id);

    [Fact]
    public async Task Refresh_NothingNew_WritesNothing()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.PutAsync(FindSeedEntry("varnhem"));

        var first = await harness.RefreshAsync();
        var written = await harness.SnapshotStoreAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await harness.RefreshAsync();
        using var another = OpenHarness();
        var third = await another.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 2, 0), first);
        Assert.Equal(new RefreshOutcome(RefreshResult.NothingNew, 1, 0, 0), second);
        Assert.Equal(second, third);
        Assert.Equal(written, await harness.SnapshotStoreAsync());
    }

    [Fact]
    public async Task Refresh_Repeated_RecordsLastOneForOtherProcesses()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.RefreshAsync();
        for (var minute = 1; minute <= 6; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await harness.RefreshAsync();
        }

        var recorded = await new RefreshHeartbeat(OpenPublications(clock), clock).ReadAsync(Cancel);

        Assert.Equal(new RefreshState(Start.AddMinutes(5), RefreshResult.NothingNew), recorded);
        Assert.Single(await harness.ListPathsAsync("refreshes/"));
    }

    [Fact]
    public async Task Refresh_RegisterLostAllOffices_PublishesNothing()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.RefreshAsync();
        var written = await harness.SnapshotStoreAsync();
        await harness.Register.RemoveAsync("storuman", IRegisterStore.AnyVersion, Cancel);

        var result = await harness.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.RegisterLost, 1, 0, 0), result);
        Assert.Equal(written, await harness.SnapshotStoreAsync());
    }

    [Fact]
    public async Task Refresh_EmptyRegister_PublishesEmptyDatasets()
    {
        using var harness = OpenHarness();

        var result = await harness.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 0, 0), result);
        var publication = (await harness.LoadLatestAsync()).Publication;
        Assert.Equal("first", publication.Record.Reason);
        Assert.Empty(publication.Register.Offices);
        Assert.Equal(290, publication.Tables["municipalities"].Count);
        Assert.Null(publication.Register.Municipalities[0].DistanceToNearestOpenOfficeKm);
    }

    [Fact]
    public async Task Refresh_Publication_ReadsBack()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.PutAsync(FindSeedEntry("storstad-01"));
        await harness.RefreshAsync();

        var made = (await harness.Current.GetAsync(Cancel))!;
        var read = (await harness.LoadLatestAsync()).Publication;

        Assert.Equal(PublishingHarness.Serialize(made.Register), PublishingHarness.Serialize(read.Register));
        Assert.Equal((made.Folder, made.ManifestSha256, made.Revision, made.At), (read.Folder, read.ManifestSha256, read.Revision, read.At));
    }

    [Fact]
    public async Task Refresh_EditedName_IsOneChangeAndKeepsOldFiles()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.PutAsync(FindSeedEntry("varnhem"));
        await harness.RefreshAsync();
        var before = await harness.PublishedFilesAsync();

        clock.Advance(TimeSpan.FromMinutes(1));
        await harness.PutAsync(FindSeedEntry("storuman").With(office => office with { Name = "Servicekontor Åsele \"1\"" }));
        var result = await harness.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), result);
        var register = (await harness.LoadLatestAsync()).Publication.Register;
        var change = register.Changes[^1];
        Assert.Equal((3, "storuman", "changed", "Servicekontor Åsele \"1\"", 2), (change.Sequence, change.OfficeId, change.Kind, change.Name, change.Publication));
        Assert.Equal([new PropertyChange("name", "Servicekontor Storuman", "Servicekontor Åsele \"1\"")], change.Properties);
        Assert.Equal(Start.AddMinutes(1), change.At);
        Assert.Equal("edit", register.Publications[^1].Reason);
        Assert.Equal(Start.AddMinutes(1), register.Offices.Single(office => office.Office.Id == "storuman").ModifiedAt);
        Assert.Equal(Start, register.Offices.Single(office => office.Office.Id == "varnhem").ModifiedAt);
        var after = await harness.PublishedFilesAsync();
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        Assert.Contains("Åsele \"\"1\"\"", Encoding.UTF8.GetString(after["/downloads/2/offices.csv "]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_TwicePerSecond_PublicationTimesRise()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.RefreshAsync();
        await harness.PutAsync(SampleEntries.Create("b"));
        await harness.RefreshAsync();
        clock.Advance(TimeSpan.FromMilliseconds(1500));
        await harness.PutAsync(SampleEntries.Create("c"));
        await harness.RefreshAsync();

        Assert.Equal([Start, Start.AddSeconds(1), Start.AddSeconds(2)], (await harness.LoadLatestAsync()).Publication.Register.Publications.Select(publication => publication.At));
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
        using var harness = OpenHarness(time);
        await harness.PutAsync(SampleEntries.CreateAtMunicipality("kiruna", "2584", 67.85, 20.21667) with
        {
            Events = [SampleEntries.CreateEvent("kiruna", 1, "planned", "2026-01-01"), SampleEntries.CreateEvent("kiruna", 2, "opened", opens)],
        });
        await harness.RefreshAsync();

        time.SetUtcNow(midnight.AddSeconds(-1));
        var before = await harness.RefreshAsync();
        time.SetUtcNow(midnight);
        var after = await harness.RefreshAsync();

        Assert.Equal(RefreshResult.NothingNew, before.Result);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), after);
        var register = (await harness.LoadLatestAsync()).Publication.Register;
        Assert.Equal("date", register.Publications[^1].Reason);
        Assert.Equal(("opened", midnight), (register.Changes[^1].Kind, register.Changes[^1].At));
        Assert.Equal([new PropertyChange("status", "planned", "open")], register.Changes[^1].Properties);
        Assert.Equal((1, 0.0, "kiruna"), register.Municipalities
            .Where(municipality => municipality.Municipality.Code == "2584")
            .Select(municipality => (municipality.OfficesOpen, municipality.DistanceToNearestOpenOfficeKm!.Value, municipality.NearestOpenOfficeId))
            .Single());
        Assert.Equal(new NetworkSize(DateOnly.ParseExact(opens, "yyyy-MM-dd", null), 0, 0, 1, 0, 0, 0), register.NetworkSizes[^1]);
    }

    [Fact]
    public async Task Refresh_UnreadableRows_KeepLastValueAndAreReported()
    {
        ListLogger<Publisher> log = new();
        using var harness = OpenHarness(log: log);
        await harness.PutAsync(SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "planned", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "opened", "2020-02-01")));
        await harness.PutAsync(SampleEntries.Create("b"));
        await harness.RefreshAsync();

        await harness.PutAsync(SampleEntries.Create("a", SampleEntries.CreateEvent("a", 1, "planned", "2020-01-01"), SampleEntries.CreateEvent("a", 2, "exploded", "2020-02-01")));
        await harness.PutAsync(SampleEntries.Create("b", SampleEntries.CreateEvent("b", 1, "opened", "2021-01-01")).With(office => office with { Kind = "palace", Name = "B" }));
        await harness.PutAsync(SampleEntries.Create("never").With(office => office with { Name = " " }));
        var broken = await harness.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 3), broken);
        var loaded = await harness.LoadLatestAsync();
        var register = loaded.Publication.Register;
        Assert.Equal([("a", 2, "kind"), ("b", null, "kind"), ("never", (int?)null, "name")], loaded.Manifest.Rejected.Select(row => (row.OfficeId, row.EventNumber, row.Fields.Single())));
        Assert.Equal([("a", "Servicekontor a", "open"), ("b", "Servicekontor b", "open")], register.Offices.Select(office => (office.Office.Id, office.Office.Name, office.Status!)));
        Assert.Equal([("a", 1, "planned"), ("a", 2, "opened"), ("b", 1, "opened")], register.Events.Select(lifecycleEvent => (lifecycleEvent.OfficeId, lifecycleEvent.Number, lifecycleEvent.Kind)));
        Assert.Contains(log.Lines, line => line.Level == LogLevel.Warning && line.Line.StartsWith("Event 2 of office a is invalid", StringComparison.Ordinal));

        Assert.Equal(RefreshResult.NothingNew, (await harness.RefreshAsync()).Result);
        await harness.PutAsync(SampleEntries.Create("never"));
        Assert.Equal(2, (await harness.RefreshAsync()).Rejected);
        Assert.Equal(3, (await harness.LoadLatestAsync()).Publication.Register.Offices.Count);
    }

    [Fact]
    public async Task Refresh_Each_LogsOneLine()
    {
        ListLogger<Publisher> log = new();
        using var harness = OpenHarness(log: log);

        await harness.RefreshAsync();
        await harness.RefreshAsync();

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
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.PutAsync(SampleEntries.Create("b"));
        await harness.RefreshAsync();

        await harness.Register.RemoveAsync("a", IRegisterStore.AnyVersion, Cancel);
        await harness.RefreshAsync();

        var register = (await harness.LoadLatestAsync()).Publication.Register;
        Assert.Equal(["b"], register.Offices.Select(office => office.Office.Id));
        Assert.Equal([("a", "added"), ("b", "added"), ("a", "removed")], register.Changes.Select(change => (change.OfficeId, change.Kind)));
        Assert.Equal("Servicekontor a", register.Changes[2].Name);
        Assert.Empty(register.Changes[2].Properties);
    }
}
