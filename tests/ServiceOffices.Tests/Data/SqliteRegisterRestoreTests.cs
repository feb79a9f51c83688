using ServiceOffices.Storage;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Data;

public sealed class SqliteRegisterRestoreTests : RegisterRestoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    protected override async Task BreakAsync(string officeId)
    {
        await using var connection = folder.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE office SET services = 'not JSON' WHERE id = $id";
        command.Parameters.AddWithValue("$id", officeId);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }

    public void Dispose() => folder.Dispose();
}
