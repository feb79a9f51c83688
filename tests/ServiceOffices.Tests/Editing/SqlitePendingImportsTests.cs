using ServiceOffices.Storage;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Editing;

public sealed class SqlitePendingImportsTests : PendingImportsContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() =>
        (new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, TimeProvider.System));

    public void Dispose() => folder.Dispose();
}
