using Microsoft.Data.Sqlite;

namespace ServiceOffices.Testing;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");

    public string Path => folder.FullName;

    /// <summary>A database file that does not exist yet, in a folder that does not either.</summary>
    public string Database => System.IO.Path.Combine(folder.FullName, "store", "register.db");

    /// <summary>A connection that knows nothing of the stores.</summary>
    public SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        const int tries = 50;
        for (var left = tries; ; left--)
        {
            SqliteConnection.ClearAllPools();
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (left > 1)
            {
                // What a host that has just been stopped was writing may still appear.
                Thread.Sleep(100);
            }
        }
    }
}
