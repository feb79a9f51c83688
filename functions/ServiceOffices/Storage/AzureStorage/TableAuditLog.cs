using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// The changes of offices. Each is a row in the partition of its office, written with the change in one transaction. An index
/// in a partition of its own, the latest first, finds the changes of all offices without scanning the table. Its row is written
/// before the change, because no transaction spans two partitions; if the change then fails, the row refers to nothing and is
/// skipped.
/// </summary>
internal sealed class TableAuditLog(TableClient table)
{
    /// <summary>The partition of the index. No office has it: <see cref="TableKeyEncoding"/> writes ~ only before hex digits.</summary>
    public const string PartitionKey = "~~audit";

    /// <summary>The start of a range of partition keys, up to <see cref="RangeEnd"/>, that contains <see cref="PartitionKey"/> only.</summary>
    public const string RangeStart = "~~";

    public const string RangeEnd = "~~~";

    private const string OfficeKeyColumn = "officeKey";
    private const string VersionColumn = "version";
    private const int HashBytes = 8;

    /// <summary>Adds changes to the index.</summary>
    /// <param name="changes">At most as many as a transaction allows.</param>
    public Task AddIndexAsync(IReadOnlyList<(string OfficeKey, int Version)> changes, DateTimeOffset at, CancellationToken cancellationToken) =>
        // Upsert: an import that continues after a crash may write the same change again.
        table.SubmitTransactionAsync(
            changes.Select(change => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity(PartitionKey, FormatRowKey(change.OfficeKey, change.Version, at)) { [OfficeKeyColumn] = change.OfficeKey, [VersionColumn] = change.Version })),
            cancellationToken);

    /// <summary>Reads the changes of one office between two times, both included.</summary>
    public async Task<List<AuditEntry>> ReadOfficeAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and RowKey ge {TableEntityMapper.AuditPrefix} and RowKey lt {TableEntityMapper.AuditRangeEnd} and at ge {since.ToUniversalTime()} and at le {until.ToUniversalTime()}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(TableEntityMapper.ToAuditEntry).ToListAsync(cancellationToken);
    }

    /// <summary>Reads at least the latest <paramref name="maxCount"/> changes of all offices between two times, both included, and at most a page of the index more.</summary>
    public async Task<List<AuditEntry>> ReadAllOfficesAsync(DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken)
    {
        List<AuditEntry> found = [];
        HashSet<(string OfficeKey, int Version)> seen = [];
        await foreach (var page in ReadIndexPagesAsync(since, until, cancellationToken))
        {
            var changes = page.Where(seen.Add).ToArray();
            var rows = new TableEntity?[changes.Length];
            await Parallel.ForAsync(0, changes.Length, AzureCall.CreateParallelOptions(cancellationToken), async (position, cancel) =>
            {
                var (key, version) = changes[position];
                var row = await table.GetEntityIfExistsAsync<TableEntity>(key, TableEntityMapper.FormatAuditKey(version), cancellationToken: cancel);
                rows[position] = row.HasValue ? row.Value : null;
            });
            found.AddRange(rows.OfType<TableEntity>().Select(TableEntityMapper.ToAuditEntry).Where(audit => audit.Signature.At >= since && audit.Signature.At <= until));
            if (found.Count >= maxCount)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Reads pages of the index between two times, both included, the latest first; some changes may not exist, and one may occur twice.</summary>
    private async IAsyncEnumerable<IReadOnlyList<(string OfficeKey, int Version)>> ReadIndexPagesAsync(
        DateTimeOffset since, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A later time has a smaller key. "." follows the "-" that ends the time in each key.
        var (begin, end) = (FormatInvertedTime(until), FormatInvertedTime(since) + ".");
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKey} and RowKey ge {begin} and RowKey lt {end}"), cancellationToken: cancellationToken);
        await foreach (var page in query.AsPages())
        {
            yield return [.. page.Values.Select(row => (row.GetString(OfficeKeyColumn), row.GetInt32(VersionColumn) ?? 0))];
        }
    }

    // An office's key may have the maximum length of a key, so a part of its hash replaces it.
    private static string FormatRowKey(string officeKey, int version, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FormatInvertedTime(at)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(officeKey)).AsSpan(0, HashBytes))}-{version:D9}");

    private static string FormatInvertedTime(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
