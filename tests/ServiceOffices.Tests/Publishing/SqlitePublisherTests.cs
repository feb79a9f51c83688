using ServiceOffices.Storage;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Publishing;

public sealed class SqlitePublisherTests : PublisherContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications() => new SqlitePublicationStore(folder.Database, Clock);

    public void Dispose() => folder.Dispose();
}
