using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

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

public sealed class SqlitePendingImportsTests : PendingImportsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() =>
        (new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, TimeProvider.System));

    public void Dispose() => folder.Dispose();
}
