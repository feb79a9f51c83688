using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>Files in the embedded database, one row each.</summary>
/// <param name="path">The database file; created if it is missing.</param>
public class SqliteFileStore(string path, TimeProvider time) : IFileStore
{
    private protected SqliteDatabase Database { get; } = new(path);

    private protected TimeProvider Time => time;

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        PublicationPath.ThrowIfInvalid(path);
        var rows = await Database.WriteAsync(
            connection => connection.ExecuteNonQuery(
                "INSERT INTO file (path, mediaType, lastWritten, content) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                path, headers.MediaType, time.GetUtcNow().ToUnixTimeMilliseconds(), content.ToArray()),
            cancellationToken);
        if (rows == 0)
        {
            throw new ConflictException($"The path '{path}' already has a file.");
        }
    }

    public Task<Stream?> OpenReadAsync(string path, long offset, long? length, CancellationToken cancellationToken) => Database.OpenAsync<Stream>(
        connection =>
        {
            foreach (var row in connection.Query("SELECT rowid, length(content) FROM file WHERE path = $1", path))
            {
                var available = Math.Max(0, row.GetInt64(1) - offset);
                SqliteBlob blob = new(connection, "file", "content", row.GetInt64(0), readOnly: true) { Position = available == 0 ? 0 : offset };
                return new StoredFileStream(
                    blob,
                    Math.Min(length ?? available, available),
                    (buffer, cancel) => SqliteDatabase.RunAsync(() => blob.Read(buffer.Span), cancel),
                    owner: connection);
            }

            return null;
        },
        cancellationToken);

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A range of the key, which SQLite orders by UTF-8 bytes; no path contains the last code point of Unicode.
        var files = await Database.ReadAsync(
            connection => connection
                .Query("SELECT path, length(content), lastWritten FROM file WHERE path >= $1 AND path < $1 || char(0x10FFFF)", prefix)
                .Select(row => new StoredFile(row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))))
                .OrderBy(found => found.Path, StringComparer.Ordinal)
                .ToList(),
            cancellationToken);
        foreach (var found in files)
        {
            yield return found;
        }
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => Database.WriteAsync(
        connection => connection.ExecuteNonQuery("DELETE FROM file WHERE path = $1", path),
        cancellationToken);
}
