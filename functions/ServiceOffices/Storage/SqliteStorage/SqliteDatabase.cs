using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>
/// The embedded database: one file, created with its tables if it does not exist and migrated if it is of an older version.
/// Any number of threads and processes can use it at once: readers see one committed state (WAL), a writer waits for the
/// previous one.
/// </summary>
/// <param name="logger">Receives a warning if the database has unknown columns; null for no warning.</param>
internal sealed partial class SqliteDatabase(string path, ILogger? logger = null)
{
    // SQLite polls every few milliseconds; the driver would sleep for 150 ms at a time.
    private const int BusyTimeoutMilliseconds = 5000;

    // Threads of one process wait here as long as writing a large file takes; SQLite's own wait is for other processes.
    private readonly Lock writeLock = new();
    private readonly string fullPath = Path.GetFullPath(path);
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 1,
    }.ToString();

    private volatile bool columnsChecked;

    /// <summary>Migrates an existing database. A database that cannot be opened is not changed: each later use reports the error.</summary>
    /// <exception cref="UnsupportedDatabaseException">The database is of a newer version of the platform.</exception>
    public static void Migrate(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            new SqliteDatabase(path).Open().Dispose();
        }
        catch (Exception e) when (IsStorageFault(e))
        {
            // The host starts and answers 503 until the file can be used.
        }
    }

    /// <summary>Runs an operation in one read transaction: everything that it reads is of one committed state.</summary>
    /// <exception cref="StorageUnavailableException">The file cannot be used.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> operation, CancellationToken cancellationToken) =>
        RunAsync(() => ExecuteInTransaction(deferred: true, operation), cancellationToken);

    /// <summary>Runs an operation in one write transaction, which is rolled back if the operation throws.</summary>
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
            catch (Exception e) when (IsStorageFault(e) || e is UnsupportedDatabaseException)
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

    private static bool IsStorageFault(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    private static string DescribeFault(Exception e) => e switch
    {
        UnsupportedDatabaseException => "its database is of a newer version of the platform",
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            5 or 6 => "another process has locked it",
            8 => "it is read-only",
            11 or 26 => "its file is damaged",
            13 => "the disk is full",
            14 => "its file cannot be opened",
            var code => $"SQLite error {code}",
        },
        _ => "its folder is not accessible",
    };

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(fullPath) ?? ".");
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
            connection.ExecuteNonQuery($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");
            EnsureSchema(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void EnsureSchema(SqliteConnection connection)
    {
        var version = SqliteSchema.ReadVersion(connection);
        if (version > SqliteSchema.LatestVersion)
        {
            throw new UnsupportedDatabaseException(fullPath, version);
        }

        if (version < SqliteSchema.LatestVersion)
        {
            SqliteSchema.Migrate(connection);
        }

        if (!columnsChecked)
        {
            CheckColumns(connection);
            columnsChecked = true;
        }
    }

    private void CheckColumns(SqliteConnection connection)
    {
        var (missing, unknown) = SqliteSchema.CompareColumns(connection);
        if (missing.Count > 0)
        {
            SqliteSchema.Migrate(connection);
        }

        if (unknown.Count > 0 && logger is not null)
        {
            LogUnknownColumns(logger, string.Join(", ", unknown));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database has columns that this version of the platform does not know: {Columns}. They are ignored, and lost for each office that is saved.")]
    private static partial void LogUnknownColumns(ILogger logger, string columns);
}

/// <summary>The embedded database was written by a newer version of the platform.</summary>
public sealed class UnsupportedDatabaseException(string path, long version) : InvalidOperationException(
    $"The database '{path}' has schema version {version}, and this version of the platform supports schema versions up to {SqliteSchema.LatestVersion}. "
    + "Start the version of the platform that wrote the database or a later one, or set Storage:Folder to another folder.");

/// <summary>Statements as one call each; parameters are <c>$1</c>, <c>$2</c> … in order.</summary>
internal static class SqliteConnectionExtensions
{
    /// <summary>Executes a statement and returns the number of rows that it changed.</summary>
    public static int ExecuteNonQuery(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = connection.CreateParameterizedCommand(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Gets the first value of the first row; null if there is none.</summary>
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
