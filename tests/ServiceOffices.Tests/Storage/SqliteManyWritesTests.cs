using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Storage;

public sealed class SqliteBulkWriteTests : BulkWriteContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore Open() => new SqliteRegisterStore(folder.Database);

    protected override async Task PutRawAsync(string officeId, string name)
    {
        await Open().ReadAllAsync(TestContext.Current.CancellationToken);
        await using var connection = folder.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO office (id, version, name, locationPrecision) VALUES ($id, 0, $name, 'none')";
        command.Parameters.AddWithValue("$id", officeId);
        command.Parameters.AddWithValue("$name", name);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
