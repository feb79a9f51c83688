using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// Which offices were changed when, the latest first, in a partition of its own: what is asked of all offices is found
/// without looking through the table. A row is written before the change that it tells of, for no transaction spans two
/// partitions: one whose change never came to be points at nothing, and is passed over.
/// </summary>
internal sealed class TableAuditIndex(TableClient table)
{
    /// <summary>No office's: <see cref="TableKeyEncoding"/> writes ~ only before hex digits.</summary>
    public const string PartitionKey = "~~audit";

    /// <summary>Nothing but <see cref="PartitionKey"/> is from here on and before <see cref="RangeEnd"/>.</summary>
    public const string RangeStart = "~~";

    public const string RangeEnd = "~~~";

    private const string OfficeKeyColumn = "officeKey";
    private const string VersionColumn = "version";
    private const int HashBytes = 8;

    /// <param name="changes">At most as many as a transaction takes.</param>
    public Task AddAsync(IReadOnlyList<(string OfficeKey, int Version)> changes, DateTimeOffset at, CancellationToken cancellationToken) =>
        // Written over where it stands: an import that goes on after a crash may come to the same moment again.
        table.SubmitTransactionAsync(
            changes.Select(change => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity(PartitionKey, FormatRowKey(change.OfficeKey, change.Version, at)) { [OfficeKeyColumn] = change.OfficeKey, [VersionColumn] = change.Version })),
            cancellationToken);

    /// <summary>Pages of changes between two times, both included, the latest first; some may never have come to be, and one may stand there twice.</summary>
    public async IAsyncEnumerable<IReadOnlyList<(string OfficeKey, int Version)>> ReadPagesAsync(
        DateTimeOffset since, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A later time has a smaller key. "." follows the "-" that ends the time in each.
        var (begin, end) = (FormatInvertedTime(until), FormatInvertedTime(since) + ".");
        var query = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKey} and RowKey ge {begin} and RowKey lt {end}"), cancellationToken: cancellationToken);
        await foreach (var page in query.AsPages())
        {
            yield return [.. page.Values.Select(row => (row.GetString(OfficeKeyColumn), row.GetInt32(VersionColumn) ?? 0))];
        }
    }

    // An office's key may be as long as a key can be, so a part of its hash stands for it.
    private static string FormatRowKey(string officeKey, int version, DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FormatInvertedTime(at)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(officeKey)).AsSpan(0, HashBytes))}-{version:D9}");

    private static string FormatInvertedTime(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
