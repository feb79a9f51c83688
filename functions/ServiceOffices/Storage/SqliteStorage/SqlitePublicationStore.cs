using System.Globalization;

namespace ServiceOffices.Storage.SqliteStorage;

/// <summary>Publications in the embedded database: one row for each file, one for the pointer, one for the lease.</summary>
/// <param name="path">The database file; created if it is missing.</param>
public sealed class SqlitePublicationStore(string path, TimeProvider time) : SqliteFileStore(path, time), IPublicationStore
{
    /// <summary>Time after which the lease of a crashed holder expires.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(30);

    public Task<PublicationPointer?> ReadPointerAsync(string? knownETag, CancellationToken cancellationToken) => Database.ReadAsync(
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

    public Task<string?> ReplacePointerAsync(ReadOnlyMemory<byte> content, string? ifMatch, CancellationToken cancellationToken) => Database.WriteAsync(
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

    public async Task<RefreshLease?> TryAcquireLeaseAsync(CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString();
        var changedRows = await Database.WriteAsync(
            connection => connection.ExecuteNonQuery(
                """
                INSERT INTO lease (name, owner, expires) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET owner = $2, expires = $3 WHERE expires <= $4
                """,
                PublicationPath.Lock, owner, GetLeaseExpiry(), Time.GetUtcNow().ToUnixTimeMilliseconds()),
            cancellationToken);
        return changedRows == 0 ? null : new RefreshLease(LeaseDuration / 3, Time, token => RenewAsync(owner, token), () => ReleaseAsync(owner));
    }

    private async Task<bool> RenewAsync(string owner, CancellationToken cancellationToken) => await Database.WriteAsync(
        connection => connection.ExecuteNonQuery("UPDATE lease SET expires = $1 WHERE owner = $2", GetLeaseExpiry(), owner),
        cancellationToken) == 1;

    private Task<int> ReleaseAsync(string owner) => Database.WriteAsync(
        connection => connection.ExecuteNonQuery("DELETE FROM lease WHERE owner = $1", owner),
        CancellationToken.None);

    private long GetLeaseExpiry() => (Time.GetUtcNow() + LeaseDuration).ToUnixTimeMilliseconds();
}
