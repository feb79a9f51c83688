using Azure;
using Azure.Storage.Blobs.Specialized;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Fixtures;

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

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() => AzuriteStores.Open(azurite, name);

    // The service's own clock rules its leases: ended by hand, for the shortest lasts 15 seconds.
    private protected override async Task EndLeaseAsync()
    {
        var blobs = azurite.Clients.Blobs;
        try
        {
            await blobs.GetBlobContainerClient($"publications-{name}").GetBlobClient("lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Killed before it took the lease.
        }
    }
}
