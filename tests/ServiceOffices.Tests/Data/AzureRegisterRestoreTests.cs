using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Data;

public sealed class AzureRegisterRestoreTests : RegisterRestoreContract, IClassFixture<Azurite>, IAsyncDisposable
{
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzureRegisterRestoreTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        var clients = azurite.Clients;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    protected override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new BlobPublicationStore(container, time);

    protected override async Task BreakAsync(string officeId)
    {
        var office = (await table.GetEntityAsync<TableEntity>(officeId, TableEntityMapper.OfficeRowKey, cancellationToken: Cancel)).Value;
        office["latitude"] = "not a number";
        await table.UpdateEntityAsync(office, office.ETag, TableUpdateMode.Replace, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await table.DeleteAsync(CancellationToken.None);
        await container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }
}
