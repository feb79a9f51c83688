using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Seed;

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

    protected override async Task MakeUnreadableAsync(string officeId)
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

public sealed class SqliteRegisterRestoreTests : RegisterRestoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    protected override async Task MakeUnreadableAsync(string officeId)
    {
        await using var connection = folder.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE office SET services = 'not JSON' WHERE id = $id";
        command.Parameters.AddWithValue("$id", officeId);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }

    public void Dispose() => folder.Dispose();
}
