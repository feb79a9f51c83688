using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats;
using ODataEngine.Model;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Schema;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Web.Tests.OData;

/// <summary>Tests delta links (OData 4.01 Part 1, 11.3) with the published register.</summary>
public sealed class DeltaTests : IDisposable
{
    private const int Rounds = 125;
    private const int EditsOfARound = 8;

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    // Several defining queries: unrestricted, filtered and selected, expanded, and a derived set.
    private static readonly (string Query, string Key)[] Definitions =
    [
        ("offices", "id"),
        ("offices?$filter=status%20eq%20'open'&$select=id,name,status", "id"),
        ("offices?$select=id&$expand=events($select=kind,on;$orderby=number)", "id"),
        ("municipalities?$filter=officesOpen%20gt%200&$select=code,officesOpen,nearestOpenOfficeId", "code"),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Start);
    private readonly PublishingHarness desk;
    private readonly ODataService service;

    public DeltaTests()
    {
        desk = new PublishingHarness(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, clock), clock);
        service = new ODataService(RegisterModel.Model, new ODataOptions(), new PublicationTableSource(desk.Current, clock), clock);
    }

    public void Dispose()
    {
        desk.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task DeltaCopies_ThousandEdits_EqualRegisterAfterEachRefresh()
    {
        foreach (var entry in SeedData.Entries.Take(30))
        {
            await desk.PutAsync(entry);
        }

        await PublishAsync();
        var clients = Definitions.Select(definition => new DeltaClient(service, definition.Query, definition.Key)).ToArray();
        foreach (var client in clients)
        {
            await client.StartAsync();
        }

        var random = new Random(20261123);
        for (var round = 0; round < Rounds; round++)
        {
            for (var edit = 0; edit < EditsOfARound; edit++)
            {
                await EditAsync(random);
            }

            clock.Advance(TimeSpan.FromHours(random.Next(1, 40)));
            await PublishAsync();
            foreach (var client in clients)
            {
                await client.FollowAsync();
                Assert.Equal(await client.ReadAgainAsync(), client.Copy);

                // Each change is returned once.
                Assert.Equal(0, await client.FollowAsync());
            }
        }
    }

    [Fact]
    public async Task RemovedEntity_LeftFilterOrDeleted_HasReason()
    {
        await desk.PutAsync(SeedData.Entries.Single(entry => entry.Office.Id == "storuman"));
        await desk.PutAsync(SeedData.Entries.Single(entry => entry.Office.Id == "torsby"));
        await PublishAsync();
        var client = new DeltaClient(service, "offices?$filter=status%20eq%20'open'&$select=id", "id");
        var first = await client.GetAsync(DeltaClient.Root + "offices?$filter=status%20eq%20'open'&$select=id", "track-changes");
        var link = first.GetProperty("@deltaLink").GetString()!;

        await desk.PutAsync(SeedData.Entries.Single(entry => entry.Office.Id == "storuman").With(SampleEntries.CreateEvent("storuman", 9, "closed", "2026-11-01")));
        await desk.Register.RemoveAsync("torsby", IRegisterStore.AnyVersion, TestContext.Current.CancellationToken);
        await PublishAsync();
        var delta = await client.GetAsync(link, "");
        var count = await client.GetAsync(link.Replace("?", "/$count?", StringComparison.Ordinal), "");

        Assert.Equal("http://localhost/odata/v1/$metadata#offices(id)/$delta", delta.GetProperty("@context").GetString());
        Assert.Equal(
            ["""{"@removed":{"reason":"changed"},"@id":"offices('storuman')"}""", """{"@removed":{"reason":"deleted"},"@id":"offices('torsby')"}"""],
            delta.GetProperty("value").EnumerateArray().Select(item => item.GetRawText()));
        Assert.Equal(2, count.GetInt32());
    }

    private Task<RefreshOutcome> PublishAsync() => desk.RefreshAsync(NoFormat.Instance);

    private async Task EditAsync(Random random)
    {
        var all = SeedData.Entries;
        var entry = all[random.Next(all.Count)];
        var id = entry.Office.Id;
        var existing = await desk.Register.ReadAsync(id, TestContext.Current.CancellationToken);
        switch (existing, random.Next(4))
        {
            case (null, _):
                await desk.PutAsync(entry);
                break;
            case (_, 0) when id != all[0].Office.Id:
                await desk.Register.RemoveAsync(id, existing.ETag, TestContext.Current.CancellationToken);
                break;
            case (_, 1):
                await desk.PutAsync(existing.Entry.With(office => office with { Note = random.Next().ToString(CultureInfo.InvariantCulture) }));
                break;
            default:
                // Dates around today: some events take effect at a later midnight.
                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                var kind = random.GetItems((string[])["opened", "closed", "reopened", "temporarilyClosed", "hoursChanged"], 1)[0];
                var number = existing.Entry.Events.Select(step => step.Number).DefaultIfEmpty().Max() + 1;
                var on = today.AddDays(random.Next(-3, 4)).ToString("O", CultureInfo.InvariantCulture);
                await desk.PutAsync(existing.Entry.With(SampleEntries.CreateEvent(id, number, kind, on)));
                break;
        }
    }

    /// <summary>Publishes without files, for speed: delta links do not read them.</summary>
    private sealed class NoFormat : ExportFormat
    {
        public static IReadOnlyList<ExportFormat> Instance { get; } = [new NoFormat()];

        public override string Name => "none";

        public override string MediaType => "application/octet-stream";

        public override string GetUnsupportedReason(StructuredType type) => "Nothing is written.";

        public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
