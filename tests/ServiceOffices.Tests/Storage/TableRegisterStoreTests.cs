using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class TableRegisterStoreTests : RegisterStoreContract, IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly Azurite azurite;
    private readonly TableClient table;

    public TableRegisterStoreTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        this.azurite = azurite;
        table = azurite.Clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected override IRegisterStore Open() => new TableRegisterStore(table);

    protected override async Task PutRawAsync(string officeId, int? eventNumber, Dictionary<string, object> columns)
    {
        await table.CreateIfNotExistsAsync(Now);
        await table.UpsertEntityAsync(
            new TableEntity(columns) { PartitionKey = officeId, RowKey = eventNumber is null ? "office" : $"event-{eventNumber:D6}" },
            TableUpdateMode.Replace,
            Now);
    }

    [Fact]
    public async Task Write_Entry_IsOnePartitionWithTypedColumns()
    {
        await Open().WriteAsync(RegisterSamples.CreateEdgeCase("a/b"), null, Now);

        var rows = await table.QueryAsync<TableEntity>("PartitionKey ne '~~audit'", cancellationToken: Now).ToListAsync(Now);

        Assert.All(rows, row => Assert.Equal("a~002fb", row.PartitionKey));
        Assert.Equal(["audit-000000001", "event-000001", "event-000012", "event-1000000", "office"], rows.Select(row => row.RowKey));
        var office = rows[4];
        Assert.Equal("0114", office["municipalityCode"]);
        Assert.Equal(180.0, office["longitude"]);
        Assert.Equal(false, office["videoMeetings"]);
        Assert.Equal("2024-02-29", office["videoMeetingsSince"]);
        Assert.Equal("""["https://example.se/%20","https://example.se/å"]""", office["sources"]);
        Assert.Equal("2018-05-01", rows[1]["on"]);
    }

    [Fact]
    public async Task Write_OneEventChanged_DoesNotTouchOtherRows()
    {
        var etag = await Open().WriteAsync(
            RegisterSamples.CreateOffice("o", events: [RegisterSamples.CreateOpenedEvent("o", 1), RegisterSamples.CreateOpenedEvent("o", 2)]), null, Now);
        var before = await RowETagsAsync();

        await Open().WriteAsync(
            RegisterSamples.CreateOffice("o", events: [RegisterSamples.CreateOpenedEvent("o", 1), RegisterSamples.CreateOpenedEvent("o", 2, "corrected")]), etag, Now);

        var after = await RowETagsAsync();
        Assert.Equal(before["event-000001"], after["event-000001"]);
        Assert.NotEqual(before["event-000002"], after["event-000002"]);
        Assert.NotEqual(before["office"], after["office"]);
    }

    private async Task<Dictionary<string, string>> RowETagsAsync() => await table
        .QueryAsync<TableEntity>(cancellationToken: Now)
        .ToDictionaryAsync(row => row.RowKey, row => row.ETag.ToString(), cancellationToken: Now);

    [Fact]
    public async Task Write_TooManyRowsForTransaction_IsRejectedAndWritesNothing()
    {
        var events = Enumerable.Range(1, 100).Select(number => RegisterSamples.CreateOpenedEvent("o", number)).ToArray();

        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => Open().WriteAsync(RegisterSamples.CreateOffice("o", events: events), null, Now));

        Assert.StartsWith("events must be few enough that one change of the office takes at most 100 rows and 4194304 bytes; got 102 rows", exception.Message, StringComparison.Ordinal);
        Assert.Null(await Open().ReadAsync("o", Now));
    }

    [Fact]
    public async Task Write_TooManyEventsInSteps_KeepsAll()
    {
        var events = Enumerable.Range(1, 150).Select(number => RegisterSamples.CreateOpenedEvent("o", number)).ToArray();
        var etag = await Open().WriteAsync(RegisterSamples.CreateOffice("o", events: events[..98]), null, Now);

        await Open().WriteAsync(RegisterSamples.CreateOffice("o", events: events), etag, Now);

        Assert.Equal(150, (await Open().ReadAsync("o", Now))!.Entry.Events.Count);
    }

    [Fact]
    public async Task Write_TooManyBytesForTransaction_IsRejected()
    {
        // 25 notes of 32 768 letters å, which are sent as \u00e5: six bytes each.
        var note = new string('å', 32_768);
        var events = Enumerable.Range(1, 25).Select(number => RegisterSamples.CreateOpenedEvent("o", number, note)).ToArray();

        await Assert.ThrowsAsync<ArgumentException>(() => Open().WriteAsync(RegisterSamples.CreateOffice("o", events: events), null, Now));
    }

    [Fact]
    public async Task ReadAll_OfficeOnTwoPages_IsComplete()
    {
        for (var office = 0; office < 12; office++)
        {
            var id = $"o{office:D2}";
            await Open().WriteAsync(
                RegisterSamples.CreateOffice(id, events: [.. Enumerable.Range(1, 98).Select(number => RegisterSamples.CreateOpenedEvent(id, number))]), null, Now);
        }

        var content = await Open().ReadAllAsync(Now);

        Assert.Equal(12, content.Entries.Count);
        Assert.All(content.Entries, entry => Assert.Equal(98, entry.Entry.Events.Count));
        Assert.Empty(content.Rejected);
    }

    [Fact]
    public async Task ReadAudit_AllOffices_QueriesIndexAndNamedRows()
    {
        SentRequests sent = new();
        TableClientOptions options = new();
        options.AddPolicy(sent, HttpPipelinePosition.PerCall);
        TableRegisterStore store = new(new TableClient(azurite.ConnectionString, table.Name, options));
        for (var office = 0; office < 30; office++)
        {
            await store.WriteAsync(RegisterSamples.CreateOffice($"o{office:D2}"), null, At(office), Now);
        }

        sent.Paths.Clear();
        var latest = await store.ReadAuditAsync(null, At(25).At, 1000, Now);

        Assert.Equal(["o29", "o28", "o27", "o26", "o25"], latest.Select(audit => audit.OfficeId));
        Assert.Equal(1 + 5, sent.Paths.Count);
        Assert.Single(sent.Paths, path => path.Contains("~~audit", StringComparison.Ordinal));
        Assert.Equal(5, sent.Paths.Count(path => path.Contains("RowKey='audit-000000001'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReadAudit_AbandonedChange_IsExcluded()
    {
        var store = Open();
        var etag = (await store.WriteAsync(RegisterSamples.CreateOffice("o"), null, At(1), Now)).ETag;
        // The state after a process is killed between writing the index and the change.
        await new TableAuditLog(table).AddIndexAsync([("o", 2), ("gone", 1)], At(2).At, Now);

        Assert.Equal([1], (await store.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 10, Now)).Select(audit => audit.ToVersion));
        await store.WriteAsync(RegisterSamples.CreateOffice("o", "Annat"), etag, At(3), Now);
        Assert.Equal([2, 1], (await store.ReadAuditAsync(null, DateTimeOffset.UnixEpoch, 10, Now)).Select(audit => audit.ToVersion));
    }

    private static Signature At(int second) => new("tester", new DateTimeOffset(2026, 11, 23, 12, 0, second, TimeSpan.Zero), null);

    [Fact]
    public async Task ReadAll_InvalidKeys_AreRejected()
    {
        await Open().WriteAsync(RegisterSamples.CreateOffice("o"), null, Now);
        await table.AddEntityAsync(new TableEntity("o", "event-12"), Now);
        await table.AddEntityAsync(new TableEntity("o~", "office"), Now);

        var content = await Open().ReadAllAsync(Now);

        Assert.Equal("o", Assert.Single(content.Entries).Entry.Office.Id);
        Assert.Equal(
            [
                ("o", 0, "RowKey must be office or event- with a number, such as event-000012; got 'event-12'."),
                ("o~", 0, "PartitionKey must be an office's id, with ~ only before four hex digits; got 'o~'."),
            ],
            content.Rejected.Select(row => (row.OfficeId, row.EventNumber, row.Problems[0].ToString())));
    }

    [Fact]
    public async Task Read_TableDeleted_ThrowsInsteadOfEmpty()
    {
        var store = Open();
        await store.WriteAsync(RegisterSamples.CreateOffice("o"), null, Now);
        await table.DeleteAsync(Now);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAllAsync(Now));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAsync("o", Now));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.WriteAsync(RegisterSamples.CreateOffice("p"), null, Now));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await table.DeleteAsync(CancellationToken.None);

    private sealed class SentRequests : HttpPipelineSynchronousPolicy
    {
        public ConcurrentBag<string> Paths { get; } = [];

        public override void OnSendingRequest(HttpMessage message) => Paths.Add(Uri.UnescapeDataString(message.Request.Uri.PathAndQuery));
    }
}
