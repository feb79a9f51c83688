using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// The register in Azure Table storage. Every write of an entry rewrites its office's row with If-Match, in one
/// transaction with the events that changed: the ETag of that row is the ETag of the entry.
/// </summary>
/// <param name="table">Created at the first use if it is missing; see <see cref="TableName"/>.</param>
public sealed class TableRegisterStore(TableClient table) : IRegisterStore
{
    /// <summary>The table's name in a deployed account.</summary>
    public const string TableName = "register";

    // Ranges of the first character of an id that are read in parallel; ids are slugs of 0-9 and a-z.
    private static readonly (string From, string? To)[] PartitionRanges =
    [
        ("", "c"), ("c", "g"), ("g", "k"), ("k", "n"), ("n", "s"), ("s", "t"), ("t", "v"),
        ("v", TableAuditLog.RangeStart), (TableAuditLog.RangeEnd, null),
    ];

    private static readonly string ExcludeAuditFilter = TableClient.CreateQueryFilter(
        $" and (RowKey lt {TableEntityMapper.AuditPrefix} or RowKey ge {TableEntityMapper.AuditRangeEnd})");

    private readonly ResourceInitializer tableInitializer = new(token => table.CreateIfNotExistsAsync(token));
    private readonly TableAuditLog auditLog = new(table);

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var ranges = await Task.WhenAll(PartitionRanges.Select(range => ReadRangeAsync(range.From, range.To, cancellationToken)));
            List<StoredEntry> entries = [];
            List<RejectedRow> rejected = [];
            foreach (var entry in ranges.SelectMany(range => range))
            {
                entry.AddTo(entries, rejected);
            }

            // The table is ordered by escaped key, not by id.
            entries.Sort((left, right) => string.CompareOrdinal(left.Entry.Office.Id, right.Entry.Office.Id));
            return new RegisterContent(entries, rejected);
        },
        cancellationToken);

    /// <param name="to">Exclusive; null for no end.</param>
    private async Task<List<EntryBuilder>> ReadRangeAsync(string from, string? to, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {from}")
            + (to is null ? "" : TableClient.CreateQueryFilter($" and PartitionKey lt {to}")) + ExcludeAuditFilter;
        List<EntryBuilder> entries = [];
        List<TableEntity> rows = [];
        var isSplitAcrossPages = false;
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            isSplitAcrossPages |= rows.Count > 0 && page.Values.Count > 0 && page.Values[0].PartitionKey == rows[0].PartitionKey;
            foreach (var row in page.Values)
            {
                if (rows.Count > 0 && row.PartitionKey != rows[0].PartitionKey)
                {
                    await FlushOfficeAsync();
                }

                rows.Add(row);
            }
        }

        await FlushOfficeAsync();
        return entries;

        async Task FlushOfficeAsync()
        {
            if (rows.Count > 0)
            {
                // A write may have occurred between the two pages that contain the rows of this office.
                var key = rows[0].PartitionKey;
                entries.Add(TableEntityMapper.ToEntryBuilder(key, isSplitAcrossPages ? await ReadPartitionAsync(key, cancellationToken) : rows));
            }

            rows = [];
            isSplitAcrossPages = false;
        }
    }

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var key = TableKeyEncoding.Encode(officeId);
            return TableEntityMapper.ToEntryBuilder(key, await ReadPartitionAsync(key, cancellationToken)).BuildOrThrow();
        },
        cancellationToken);

    /// <summary>Reads a consistent snapshot of the rows of a partition.</summary>
    /// <param name="audit">True to include the audit log: only if the office's own row does not have its version.</param>
    private async Task<List<TableEntity>> ReadPartitionAsync(string key, CancellationToken cancellationToken, bool audit = false)
    {
        ETag? before = null;
        while (true)
        {
            List<TableEntity> rows = [];
            var pages = 0;
            var query = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key}") + (audit ? "" : ExcludeAuditFilter), cancellationToken: cancellationToken);
            await foreach (var page in query.AsPages())
            {
                pages++;
                rows.AddRange(page.Values);
            }

            // One page is a snapshot. Several are if the office's row, which every write replaces, is the same in two successive reads.
            var office = TableEntityMapper.FindOfficeRow(rows)?.ETag ?? ETag.All;
            if (pages <= 1 || office == before)
            {
                return rows;
            }

            before = office;
        }
    }

    public Task<StoredEntry> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        StorageLimits.ThrowIfExceeded(entry);
        return RunAsync(
            async () =>
            {
                var rows = await ReadForWriteAsync(entry.Office.Id, isNew: ifMatch is null, cancellationToken);
                var (change, etag) = await ApplyChangeAsync(entry.Office.Id, rows, entry, ifMatch, signature, cancellationToken);
                return new StoredEntry(entry, etag!, change.Counters.Version, change.Counters.LastEventNumber);
            },
            cancellationToken);
    }

    public Task RemoveAsync(string officeId, string ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ifMatch);
        return RunAsync(
            async () =>
            {
                var rows = await ReadForWriteAsync(officeId, isNew: false, cancellationToken);
                return await ApplyChangeAsync(officeId, rows, null, ifMatch, signature, cancellationToken);
            },
            cancellationToken);
    }

    /// <returns>The change, and the new ETag of the office; null for a removal.</returns>
    private async Task<(OfficeChange Change, string? ETag)> ApplyChangeAsync(
        string officeId, List<TableEntity> rows, RegisterEntry? after, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        EntryPrecondition.ThrowIfVersionMismatch(officeId, TableEntityMapper.FindOfficeRow(rows)?.ETag.ToString("H"), ifMatch);
        var change = OfficeChange.Create(officeId, rows, after, signature);
        await auditLog.AddIndexAsync([(change.Audit.PartitionKey, change.Counters.Version)], signature.At, cancellationToken);
        return (change, await TableTransaction.SubmitAsync(table, change, cancellationToken));
    }

    public Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<Exception?>>(
            async () =>
            {
                var exceptions = new Exception?[writes.Count];
                await auditLog.AddIndexAsync(
                    [.. writes.Select(write => (TableKeyEncoding.Encode(write.OfficeId), (write.Before?.Version ?? 0) + 1))], signature.At, cancellationToken);
                await Parallel.ForAsync(0, writes.Count, AzureCall.CreateParallelOptions(cancellationToken), async (position, cancel) =>
                {
                    try
                    {
                        await WriteAsync(writes[position], signature, cancel);
                    }
                    catch (Exception exception) when (exception is ConflictException or ArgumentException)
                    {
                        exceptions[position] = exception;
                    }
                });
                return exceptions;
            },
            cancellationToken);

    /// <summary>Writes one transaction without reading first; if the entry has changed since the caller read it, or its version is unknown, reads it and writes again.</summary>
    private async Task WriteAsync(EntryWrite write, Signature signature, CancellationToken cancellationToken)
    {
        if (write.After is { } entry)
        {
            StorageLimits.ThrowIfExceeded(entry);
        }

        if (write.Before is null or { Version: > 0 })
        {
            try
            {
                await TableTransaction.SubmitAsync(
                    table, OfficeChange.Create(write.OfficeId, TableEntityMapper.ToEntities(write.Before), write.After, signature), cancellationToken);
                return;
            }
            catch (ConflictException)
            {
                // The office was deleted once and has an audit log, or another process wrote first.
            }
        }

        await (write.After is null
            ? RemoveAsync(write.OfficeId, write.Before!.ETag, signature, cancellationToken)
            : WriteAsync(write.After, write.Before?.ETag, signature, cancellationToken));
    }

    /// <summary>Reads the rows of an office and, if its own row does not have its version, the audit log.</summary>
    private async Task<List<TableEntity>> ReadForWriteAsync(string officeId, bool isNew, CancellationToken cancellationToken)
    {
        var key = TableKeyEncoding.Encode(officeId);
        var rows = await ReadPartitionAsync(key, cancellationToken, audit: isNew);
        return isNew || TableEntityMapper.ReadCounters(rows).Version > 0 ? rows : await ReadPartitionAsync(key, cancellationToken, audit: true);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<AuditEntry>>(
        async () =>
        {
            var found = officeId is null
                ? await auditLog.ReadAllOfficesAsync(since, until, maxCount, cancellationToken)
                : await auditLog.ReadOfficeAsync(TableKeyEncoding.Encode(officeId), since, until, cancellationToken);
            return [.. found
                .OrderByDescending(audit => audit.Signature.At)
                .ThenBy(audit => audit.OfficeId, StringComparer.Ordinal)
                .ThenByDescending(audit => audit.ToVersion)
                .Take(maxCount)];
        },
        cancellationToken);

    private Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken) => tableInitializer.RunAsync(operation, cancellationToken);
}
