using Azure.Data.Tables;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Fixtures;

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
