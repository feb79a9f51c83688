using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Data.Sqlite;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Publishing;

public sealed class SqliteDamageTests : DamageContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    protected override async Task DeletePointerAsync()
    {
        await using SqliteConnection connection = new($"Data Source={folder.Database}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM pointer";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => folder.Dispose();
}

public sealed class AzureDamageTests : DamageContract, IClassFixture<Azurite>, IAsyncDisposable
{
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzureDamageTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        var clients = azurite.Clients;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    protected override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new BlobPublicationStore(container, time);

    protected override Task DeletePointerAsync() => container.GetBlobClient("current").DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await table.DeleteAsync(CancellationToken.None);
        await container.DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
    }
}
