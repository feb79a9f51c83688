using ServiceOffices.Storage;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.Editing;

public sealed class AzurePendingImportsTests : PendingImportsContract, IClassFixture<Azurite>
{
    private readonly Azurite azurite;
    private readonly string name = $"{Guid.NewGuid():N}";

    public AzurePendingImportsTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        this.azurite = azurite;
    }

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() => AzuriteStores.Open(azurite, name);
}
