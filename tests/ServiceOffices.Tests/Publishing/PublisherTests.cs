using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public sealed class SqlitePublisherTests : PublisherContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    [Fact]
    public async Task History_LongerThanPage_KeepsFullPages()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        using PublishingHarness harness = new(OpenRegister(), OpenPublications(clock), clock);
        CallbackFormat small = new("txt", () => Task.CompletedTask);
        for (var edit = 1; edit <= HistoryPage.MaxEntries + 2; edit++)
        {
            await harness.PutAsync(SampleEntries.Create("a").With(office => office with { Note = $"edit {edit}" }));
            Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync(small)).Result);
        }

        var loaded = await harness.LoadLatestAsync();

        Assert.Equal([(1, 50), (51, 52)], loaded.Manifest.History.Select(page => (page.First, page.Last)));
        Assert.StartsWith("revisions/00000050-", loaded.Manifest.History[0].Path, StringComparison.Ordinal);
        Assert.StartsWith("revisions/00000052-", loaded.Manifest.History[1].Path, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 52), loaded.Publication.Register.Changes.Select(change => (int)change.Sequence));
        Assert.Equal(Enumerable.Range(1, 52), loaded.Publication.Register.Publications.Select(record => (int)record.Revision));
        Assert.Equal("edit 49", loaded.Publication.Register.Changes[49].Properties.Single().OldValue);
        Assert.Equal(52, (await harness.PublishedFilesAsync()).Count);
        Assert.Equal(loaded.Find(3)!.Record, loaded.Publication.Register.Publications[2]);
    }

    public void Dispose() => folder.Dispose();
}

public sealed class AzurePublisherTests : PublisherContract, IClassFixture<Azurite>, IAsyncDisposable
{
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzurePublisherTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        var clients = azurite.Clients;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    protected override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new BlobPublicationStore(container, time);

    public async ValueTask DisposeAsync()
    {
        await table.DeleteAsync(CancellationToken.None);
        await container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }
}
