using System.Globalization;
using System.Runtime.CompilerServices;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>Publications in the embedded database: one row a file, one row for the pointer, one for the lease.</summary>
/// <param name="path">The database file; made where it is missing.</param>
public sealed class SqlitePublicationStore(string path, TimeProvider time) : IPublicationStore
{
    /// <summary>How long a holder that died keeps others out.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    private readonly SqliteDatabase database = new(path);

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileHeaders headers, CancellationToken cancellationToken)
    {
        PublicationPath.ThrowIfInvalid(path);
        var rows = await database.WriteAsync(
            connection => connection.ExecuteNonQuery(
                "INSERT INTO file (path, mediaType, lastWritten, content) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                path, headers.MediaType, time.GetUtcNow().ToUnixTimeMilliseconds(), content.ToArray()),
            cancellationToken);
        if (rows == 0)
        {
            throw new ConflictException($"A file stands at '{path}' already.");
        }
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => database.ReadAsync(
        connection => (byte[]?)connection.ExecuteScalar("SELECT content FROM file WHERE path = $1", path),
        cancellationToken);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var version = connection.ExecuteScalar("SELECT version FROM pointer WHERE name = $1", PublicationPath.Current);
            return version switch
            {
                null => null,
                _ when FormatETag(version) == knownETag => new PublicationPointer(ReadOnlyMemory<byte>.Empty, knownETag),
                _ => new PublicationPointer(
                    (byte[])connection.ExecuteScalar("SELECT content FROM pointer WHERE name = $1", PublicationPath.Current)!, FormatETag(version)),
            };
        },
        cancellationToken);

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var version = connection.ExecuteScalar("SELECT version FROM pointer WHERE name = $1", PublicationPath.Current);
            if ((version is null ? null : FormatETag(version)) != ifMatch)
            {
                return null;
            }

            var next = connection.ExecuteScalar(SqliteSchema.IncrementVersionSql);
            connection.ExecuteNonQuery(
                "INSERT OR REPLACE INTO pointer (name, version, content) VALUES ($1, $2, $3)", PublicationPath.Current, next, content.ToArray());
            return FormatETag(next);
        },
        cancellationToken);

    private static string FormatETag(object? version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A range of the key, which SQLite orders by UTF-8 bytes: no path holds the last character of Unicode.
        var files = await database.ReadAsync(
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

    public Task DeleteAsync(string path, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.ExecuteNonQuery("DELETE FROM file WHERE path = $1", path),
        cancellationToken);

    public async Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString();
        var taken = await database.WriteAsync(
            connection => connection.ExecuteNonQuery(
                """
                INSERT INTO lease (name, owner, expires) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET owner = $2, expires = $3 WHERE expires <= $4
                """,
                PublicationPath.Lock, owner, GetLeaseExpiry(), time.GetUtcNow().ToUnixTimeMilliseconds()),
            cancellationToken);
        return taken == 0 ? null : new RefreshLease(LeaseDuration / 3, time, token => RenewAsync(owner, token), () => ReleaseAsync(owner));
    }

    private async Task<bool> RenewAsync(string owner, CancellationToken cancellationToken) => await database.WriteAsync(
        connection => connection.ExecuteNonQuery("UPDATE lease SET expires = $1 WHERE owner = $2", GetLeaseExpiry(), owner),
        cancellationToken) == 1;

    private Task<int> ReleaseAsync(string owner) => database.WriteAsync(
        connection => connection.ExecuteNonQuery("DELETE FROM lease WHERE owner = $1", owner),
        CancellationToken.None);

    private long GetLeaseExpiry() => (time.GetUtcNow() + LeaseDuration).ToUnixTimeMilliseconds();
}
