using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Publishing;

public sealed class AzurePublisherCrashTests : PublisherCrashContract, IClassFixture<Azurite>, IAsyncDisposable
{
    private readonly Azurite azurite;
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzurePublisherCrashTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        this.azurite = azurite;
        var clients = azurite.Clients;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    protected override string[] StoreArguments => ["azure", azurite.ConnectionString, table.Name, container.Name];

    // A kill at each write takes minutes here; SQLite has one.
    protected override int Step => 3;

    protected override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new BlobPublicationStore(container, time);

    // Leases follow the clock of the service and last at least 15 seconds, so the lease is ended explicitly.
    protected override async Task<FakeTimeProvider> EndLeaseAsync()
    {
        try
        {
            await container.GetBlobClient("lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "LeaseNotPresentWithLeaseOperation")
        {
            // The process was killed after it released the lease, when it recorded the refresh.
        }

        return new FakeTimeProvider(DateTimeOffset.UtcNow);
    }

    public async ValueTask DisposeAsync()
    {
        await table.DeleteAsync(CancellationToken.None);
        await container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }
}

public sealed class SqlitePublisherCrashTests : PublisherCrashContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override string[] StoreArguments => ["sqlite", folder.Database];

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    protected override Task<FakeTimeProvider> EndLeaseAsync() =>
        Task.FromResult(new FakeTimeProvider(DateTimeOffset.UtcNow + SqlitePublicationStore.LeaseDuration));

    public void Dispose() => folder.Dispose();
}
