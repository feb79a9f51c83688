using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Web.Tests.Editing;

public sealed class AzureEditingTests : EditingContract, IClassFixture<Azurite>
{
    private readonly Azurite azurite;

    public AzureEditingTests(Azurite azurite)
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        this.azurite = azurite;
    }

    protected override string[] Settings => ["--Register:LoadStartingData=true"];

    private protected override Action<IServiceCollection>? Stores => AzuriteStores.CreateRegistration(azurite);
}

public sealed class SqliteEditingTests : EditingContract;
