using Azure.Data.Tables;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class AzureBulkWriteTests : BulkWriteContract, IClassFixture<Azurite>, IAsyncDisposable
{
    private readonly TableClient table;

    public AzureBulkWriteTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        table = azurite.Clients.Tables.GetTableClient($"register{Guid.NewGuid():N}");
    }

    protected override IRegisterStore Open() => new TableRegisterStore(table);

    protected override async Task PutRawAsync(string officeId, string name)
    {
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        await table.AddEntityAsync(
            new TableEntity(officeId, "office") { ["name"] = name, ["locationPrecision"] = "none" }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await table.DeleteAsync(CancellationToken.None);
}

public sealed class SqliteBulkWriteTests : BulkWriteContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore Open() => new SqliteRegisterStore(folder.Database);

    protected override async Task PutRawAsync(string officeId, string name)
    {
        await Open().ReadAllAsync(TestContext.Current.CancellationToken);
        await using var connection = folder.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO office (id, version, name, locationPrecision) VALUES ($id, 0, $name, 'none')";
        command.Parameters.AddWithValue("$id", officeId);
        command.Parameters.AddWithValue("$name", name);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
