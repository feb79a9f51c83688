using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Publishing;

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
