using Microsoft.Data.Sqlite;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class SqliteRegisterStoreTests : RegisterStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IRegisterStore Open() => new SqliteRegisterStore(folder.Database);

    protected override async Task PutRawAsync(string officeId, int? eventNumber, Dictionary<string, object> columns)
    {
        await Open().ReadAsync("nobody", TestContext.Current.CancellationToken);
        (string Name, object Value)[] values =
            eventNumber is { } number
                ? [("officeId", officeId), ("number", number), .. columns.Select(pair => (pair.Key, pair.Value))]
                : [("id", officeId), ("version", 0), .. columns.Select(pair => (pair.Key, pair.Value))];
        using var connection = folder.Connect();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT OR REPLACE INTO {(eventNumber is null ? "office" : "event")} ({string.Join(", ", values.Select(pair => $"\"{pair.Name}\""))}) "
            + $"VALUES ({string.Join(", ", values.Select((_, index) => $"${index}"))})";
        foreach (var (index, (_, value)) in values.Index())
        {
            command.Parameters.AddWithValue($"${index}", value);
        }

        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task ReadAll_InvalidEventNumber_IsRejected()
    {
        await Open().WriteAsync(RegisterSamples.CreateOffice("o"), null, TestContext.Current.CancellationToken);
        using (var connection = folder.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "INSERT INTO event (officeId, number, kind) VALUES ('o', 'first', 'opened')";
            command.ExecuteNonQuery();
        }

        var content = await Open().ReadAllAsync(TestContext.Current.CancellationToken);

        Assert.Single(content.Entries);
        Assert.Equal("number must be a whole number from 1; got 'first'.", Assert.Single(Assert.Single(content.Rejected).Problems).ToString());
        Assert.Equal(0, content.Rejected[0].EventNumber);
    }

    [Fact]
    public async Task Write_ConcurrentFirstUse_CreatesOneDatabase()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer =>
            Task.Run(() => Open().WriteAsync(RegisterSamples.CreateOffice($"o{writer}"), null, TestContext.Current.CancellationToken))));

        Assert.Equal(16, etags.Distinct().Count());
        Assert.Equal(16, (await Open().ReadAllAsync(TestContext.Current.CancellationToken)).Entries.Count);
    }

    [Fact]
    public async Task Read_CorruptFile_ThrowsStorageUnavailable()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000), TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Open().ReadAllAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The embedded store cannot be used: its file is damaged.", exception.Message);
    }

    [Fact]
    public async Task Read_FolderIsFile_ThrowsStorageUnavailable()
    {
        await File.WriteAllTextAsync(Path.GetDirectoryName(folder.Database)!, "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Open().ReadAsync("o", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_FileLocked_ThrowsStorageUnavailable()
    {
        await Open().ReadAllAsync(TestContext.Current.CancellationToken);
        using var other = folder.Connect();
        using var held = other.BeginTransaction(deferred: false);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Open().WriteAsync(RegisterSamples.CreateOffice("o"), null, TestContext.Current.CancellationToken));

        Assert.Equal("The embedded store cannot be used: another process has locked it.", exception.Message);
        Assert.IsType<SqliteException>(exception.InnerException);
        Assert.Empty((await Open().ReadAllAsync(TestContext.Current.CancellationToken)).Entries);
    }

    public void Dispose() => folder.Dispose();
}
