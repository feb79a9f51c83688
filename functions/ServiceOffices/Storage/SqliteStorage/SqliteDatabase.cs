using Microsoft.Data.Sqlite;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>
/// The embedded database: one file, created with its tables if it is missing. Any number of threads and processes may use it
/// concurrently: readers see one committed state (WAL), and writers wait for each other.
/// </summary>
internal sealed class SqliteDatabase(string path)
{
    // SQLite polls every few milliseconds; the driver would sleep for 150 ms at a time.
    private const int BusyTimeoutMilliseconds = 5000;

    // Threads of one process queue here, however long a large file takes; the busy timeout of SQLite is for other processes.
    private readonly Lock writeLock = new();
    private readonly string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 1,
    }.ToString();

    /// <summary>Runs an operation in one read transaction: it reads one committed state.</summary>
    /// <exception cref="StorageUnavailableException">The file cannot be used.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> operation, CancellationToken cancellationToken) =>
        RunAsync(() => ExecuteInTransaction(deferred: true, operation), cancellationToken);

    /// <summary>Runs an operation in one write transaction, which is rolled back if it throws.</summary>
    /// <exception cref="StorageUnavailableException">The file cannot be used.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> operation, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                lock (writeLock)
                {
                    return ExecuteInTransaction(deferred: false, operation);
                }
            },
            cancellationToken);

    /// <summary>Opens an object that reads in one read transaction until it is disposed; it must dispose the connection.</summary>
    /// <param name="open">Returns null to close the connection at once.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be used.</exception>
    public Task<T?> OpenAsync<T>(Func<SqliteConnection, T?> open, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(
            () =>
            {
                var connection = Open();
                T? opened = null;
                try
                {
                    connection.BeginTransaction(deferred: true);
                    return opened = open(connection);
                }
                finally
                {
                    if (opened is null)
                    {
                        connection.Dispose();
                    }
                }
            },
            cancellationToken);

    /// <summary>Runs blocking calls of SQLite on a pool thread.</summary>
    /// <exception cref="StorageUnavailableException">The file cannot be used.</exception>
    public static Task<T> RunAsync<T>(Func<T> operation, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                return operation();
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new StorageUnavailableException($"The embedded store cannot be used: {DescribeFault(e)}.", e);
            }
        },
        cancellationToken);

    private T ExecuteInTransaction<T>(bool deferred, Func<SqliteConnection, T> operation)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred);
        var result = operation(connection);
        transaction.Commit();
        return result;
    }

    private static string DescribeFault(Exception e) => e is SqliteException sqlite
        ? sqlite.SqliteErrorCode switch
        {
            5 or 6 => "another process has locked it",
            8 => "it is read-only",
            11 or 26 => "its file is damaged",
            13 => "the disk is full",
            14 => "its file cannot be opened",
            var code => $"SQLite error {code}",
        }
        : "its folder is not accessible";

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(directory);
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
            connection.ExecuteNonQuery($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");
            if (connection.ExecuteScalar("PRAGMA user_version") is < (long)SqliteSchema.SchemaVersion)
            {
                CreateTables(connection);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CreateTables(SqliteConnection connection)
    {
        connection.ExecuteNonQuery("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.ExecuteNonQuery(SqliteSchema.CreateScript);
        transaction.Commit();
    }
}

/// <summary>Statements with the parameters <c>$1</c>, <c>$2</c> … in their order.</summary>
internal static class SqliteConnectionExtensions
{
    /// <returns>The number of rows that the statement changed.</returns>
    public static int ExecuteNonQuery(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first value of the first row; null if there is no row.</returns>
    public static object? ExecuteScalar(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public static IEnumerable<SqliteDataReader> Query(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private static SqliteCommand CreateParameterizedCommand(this SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (index, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${index + 1}", value ?? DBNull.Value);
        }

        return command;
    }
}
