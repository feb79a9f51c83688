using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class BlobPublicationStoreTests : PublicationStoreContract, IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly BlobContainerClient container;

    public BlobPublicationStoreTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        container = azurite.Clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected override DateTimeOffset WrittenAt => DateTimeOffset.UtcNow;

    protected override IPublicationStore Open() => new BlobPublicationStore(container, TimeProvider.System);

    protected override async Task AcquireLeaseAndCrashAsync()
    {
        await (await Open().TryAcquireLeaseAsync(Now))!.DisposeAsync();
        await container.GetBlobClient("lock").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15), cancellationToken: Now);
    }

    // The clock of the service; its shortest lease is 15 s.
    protected override Task WaitForLeaseExpiryAsync() => Task.Delay(TimeSpan.FromSeconds(15.5), Now);

    [Fact]
    public async Task Write_File_HasMediaTypeAndChecksum()
    {
        await Open().WriteAsync("a.csv", new byte[] { 1, 2, 3 }, "text/csv; charset=utf-8", Now);

        BlobProperties properties = await container.GetBlobClient("a.csv").GetPropertiesAsync(cancellationToken: Now);

        Assert.Equal("text/csv; charset=utf-8", properties.ContentType);
        // md5sum of the bytes 01 02 03.
        Assert.Equal("5289df737df57326fcdd22597afb1fac", Convert.ToHexStringLower(properties.ContentHash));
    }

    [Fact]
    public async Task Read_ContainerDeleted_ThrowsInsteadOfEmpty()
    {
        var store = Open();
        await store.ReplacePointerAsync(new byte[] { 1 }, null, Now);
        await container.DeleteAsync(cancellationToken: Now);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadPointerAsync(null, Now));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAsync("a", Now));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ListAsync("", Now).ToListAsync(Now).AsTask());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.TryAcquireLeaseAsync(Now));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await container.DeleteIfExistsAsync();
}
