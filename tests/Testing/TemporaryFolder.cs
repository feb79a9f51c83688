using Microsoft.Data.Sqlite;

namespace ServiceOffices.Testing;

/// <summary>A temporary folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("service-offices-");

    public string Path => folder.FullName;

    /// <summary>The path of a database file; neither the file nor its folder exists yet.</summary>
    public string Database => System.IO.Path.Combine(folder.FullName, "store", "register.db");

    /// <summary>Opens a connection that is independent of the stores.</summary>
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
                // A host that has just been stopped may still write files.
                Thread.Sleep(100);
            }
        }
    }
}
