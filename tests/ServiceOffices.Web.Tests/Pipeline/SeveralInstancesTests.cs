using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.Pipeline;

public sealed class SqliteSeveralInstancesTests : SeveralInstancesContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications() => new SqlitePublicationStore(folder.Database, TimeProvider.System);

    public void Dispose() => folder.Dispose();
}

public sealed class AzureSeveralInstancesTests : SeveralInstancesContract, IClassFixture<Azurite>
{
    private readonly TableClient table;
    private readonly BlobContainerClient container;

    public AzureSeveralInstancesTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        var clients = azurite.Clients;
        table = clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
        container = clients.Blobs.GetBlobContainerClient($"publications-{Guid.NewGuid():N}");
    }

    protected override IRegisterStore OpenRegister() => new TableRegisterStore(table);

    protected override IPublicationStore OpenPublications() => new BlobPublicationStore(container, TimeProvider.System);
}
