using ServiceOffices.Storage;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Editing;

public sealed class SqliteImportCrashTests : ImportCrashContract
{
    private readonly TemporaryFolder folder = new();

    private protected override string[] StoreArguments => ["sqlite", folder.Database];

    private protected override (IRegisterStore Register, IPublicationStore Publications) Open() =>
        (new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, TimeProvider.System));

    // The lease is a row that runs out after half a minute of the real clock, which the other process has too.
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
