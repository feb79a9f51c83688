using Azure;
using Azure.Storage.Blobs.Specialized;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Editing;

public sealed class AzureImportCrashTests : ImportCrashContract, IClassFixture<Azurite>
{
    private readonly Azurite azurite;
    private readonly string name = $"{Guid.NewGuid():N}";

    public AzureImportCrashTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        this.azurite = azurite;
    }

    private protected override string[] StoreArguments => ["azure", azurite.ConnectionString, $"register{name}", $"publications-{name}"];

    // A kill at each write takes minutes here; SQLite has one.
    private protected override int Step => 3;

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() => AzuriteStores.Open(azurite, name);

    // Leases follow the clock of the service and last at least 15 seconds, so the lease is ended explicitly.
    private protected override async Task EndLeaseAsync()
    {
        var blobs = azurite.Clients.Blobs;
        try
        {
            await blobs.GetBlobContainerClient($"publications-{name}").GetBlobClient("lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Killed before it acquired the lease.
        }
    }
}

public sealed class SqliteImportCrashTests : ImportCrashContract
{
    private readonly TemporaryFolder folder = new();

    private protected override string[] StoreArguments => ["sqlite", folder.Database];

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() =>
        (new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, TimeProvider.System));

    // The lease is a row that expires after 30 seconds of the system clock, which the other process also uses.
    private protected override async Task EndLeaseAsync()
    {
        await using var connection = folder.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM lease";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }
}
