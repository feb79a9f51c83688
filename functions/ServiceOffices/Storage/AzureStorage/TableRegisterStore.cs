using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>
/// The register in Azure Table storage. Every write of an entry rewrites its office's row with If-Match, in one
/// transaction with the events that changed: that row's ETag stands for the whole entry.
/// </summary>
/// <param name="table">Made at the first use where it is missing; see <see cref="TableName"/>.</param>
public sealed class TableRegisterStore(TableClient table) : IRegisterStore
{
    /// <summary>The table's name in a deployed account.</summary>
    public const string TableName = "register";

    // Entity group transactions: at most 100 operations and 4 MiB (Microsoft Learn). The emulator does not enforce the bytes.
    private const int MaxTransactionOperations = 100;
    private const int MaxTransactionBytes = 4 * 1024 * 1024;

    // Each is on another partition, so that the service answers many at once.
    private const int MaxConcurrentRequests = 16;

    // Where the id's first character parts the table for parallel reading; ids are slugs of 0-9 and a-z.
    private static readonly (string From, string? To)[] PartitionRanges =
    [
        ("", "c"), ("c", "g"), ("g", "k"), ("k", "n"), ("n", "s"), ("s", "t"), ("t", "v"),
        ("v", TableAuditIndex.RangeStart), (TableAuditIndex.RangeEnd, null),
    ];

    private static readonly string ExcludeAuditFilter = TableClient.CreateQueryFilter(
        $" and (RowKey lt {TableEntityMapper.AuditPrefix} or RowKey ge {TableEntityMapper.AuditRangeEnd})");

    private readonly ResourceInitializer tableInitializer = new(token => table.CreateIfNotExistsAsync(token));
    private readonly TableAuditIndex auditIndex = new(table);

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

            // The table orders by escaped key and not by id.
            entries.Sort((left, right) => string.CompareOrdinal(left.Entry.Office.Id, right.Entry.Office.Id));
            return new RegisterContent(entries, rejected);
        },
        cancellationToken);

    /// <param name="to">Null where the range has no end.</param>
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
                // A write may have come between the two pages that this office's rows were on.
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

    /// <summary>All rows of a partition as they stood at one moment.</summary>
    /// <param name="audit">Whether what was ever changed is read too: only where the office's own row cannot tell how often.</param>
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

            // One page is one moment. Several are when the office's row, rewritten by every write, did not move from one reading to the next.
            var office = FindOfficeRow(rows)?.ETag ?? ETag.All;
            if (pages <= 1 || office == before)
            {
                return rows;
            }

            before = office;
        }
    }

    private static TableEntity? FindOfficeRow(IEnumerable<TableEntity> rows) => rows.FirstOrDefault(row => row.RowKey == TableEntityMapper.OfficeRowKey);

    public Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        StorageLimits.ThrowIfExceeded(entry);
        return RunAsync(
            async () =>
            {
                var rows = await ReadForWriteAsync(entry.Office.Id, isNew: ifMatch is null, cancellationToken);
                var responses = await ApplyChangeAsync(entry.Office.Id, rows, entry, ifMatch, signature, cancellationToken);
                return responses[0].Headers.ETag!.Value.ToString("H");
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

    private async Task<IReadOnlyList<Response>> ApplyChangeAsync(
        string officeId, List<TableEntity> rows, RegisterEntry? after, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        EntryPrecondition.ThrowIfVersionMismatch(officeId, FindOfficeRow(rows)?.ETag.ToString("H"), ifMatch);
        var (audit, counters) = CreateAuditRow(officeId, rows, after, signature);
        await auditIndex.AddAsync([(audit.PartitionKey, counters.Version)], signature.At, cancellationToken);
        return await SubmitAsync(officeId, CreateActions(rows, after, audit, counters), cancellationToken);
    }

    public Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<Exception?>>(
            async () =>
            {
                var exceptions = new Exception?[writes.Count];
                await auditIndex.AddAsync(
                    [.. writes.Select(write => (TableKeyEncoding.Encode(write.OfficeId), (write.Before?.Version ?? 0) + 1))], signature.At, cancellationToken);
                await Parallel.ForAsync(0, writes.Count, CreateParallelOptions(cancellationToken), async (position, cancel) =>
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

    /// <summary>One transaction that nothing is read for; where what was read does not stand any more, or cannot tell how often it was written, what stands decides.</summary>
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
                var rows = TableEntityMapper.ToEntities(write.Before);
                var (audit, counters) = CreateAuditRow(write.OfficeId, rows, write.After, signature);
                await SubmitAsync(write.OfficeId, CreateActions(rows, write.After, audit, counters), cancellationToken);
                return;
            }
            catch (ConflictException)
            {
                // An office that was removed once has an audit already; or somebody else was faster.
            }
        }

        await (write.After is null
            ? RemoveAsync(write.OfficeId, write.Before!.ETag, signature, cancellationToken)
            : WriteAsync(write.After, write.Before?.ETag, signature, cancellationToken));
    }

    private static ParallelOptions CreateParallelOptions(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = MaxConcurrentRequests, CancellationToken = cancellationToken };

    /// <summary>The rows of an office and, where its own row cannot tell how often it was written, what tells it.</summary>
    private async Task<List<TableEntity>> ReadForWriteAsync(string officeId, bool isNew, CancellationToken cancellationToken)
    {
        var key = TableKeyEncoding.Encode(officeId);
        var rows = await ReadPartitionAsync(key, cancellationToken, audit: isNew);
        return isNew || TableEntityMapper.ReadCounters(rows).Version > 0 ? rows : await ReadPartitionAsync(key, cancellationToken, audit: true);
    }

    private static bool IsAuditRow(TableEntity row) => row.RowKey.StartsWith(TableEntityMapper.AuditPrefix, StringComparison.Ordinal);

    private static (TableEntity Row, EntryCounters Counters) CreateAuditRow(string officeId, List<TableEntity> rows, RegisterEntry? after, Signature signature)
    {
        List<StoredEntry> entries = [];
        TableEntityMapper.ToEntryBuilder(TableKeyEncoding.Encode(officeId), rows.Where(row => !IsAuditRow(row))).AddTo(entries, []);
        var before = entries.FirstOrDefault()?.Entry;
        var counters = TableEntityMapper.ReadCounters(rows).Increment([.. (before?.Events ?? []).Concat(after?.Events ?? []).Select(lifecycleEvent => lifecycleEvent.Number)]);
        return (TableEntityMapper.ToEntity(AuditTrail.CreateEntry(officeId, counters.Version, FindOfficeRow(rows) is not null, before, after, signature), counters), counters);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<AuditEntry>>(
        async () =>
        {
            var found = officeId is null
                ? await ReadAuditOfAllOfficesAsync(since, until, maxCount, cancellationToken)
                : await ReadAuditOfOfficeAsync(TableKeyEncoding.Encode(officeId), since, until, cancellationToken);
            return [.. found
                .OrderByDescending(audit => audit.Signature.At)
                .ThenBy(audit => audit.OfficeId, StringComparer.Ordinal)
                .ThenByDescending(audit => audit.ToVersion)
                .Take(maxCount)];
        },
        cancellationToken);

    private async Task<List<AuditEntry>> ReadAuditOfOfficeAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and RowKey ge {TableEntityMapper.AuditPrefix} and RowKey lt {TableEntityMapper.AuditRangeEnd} and at ge {since.ToUniversalTime()} and at le {until.ToUniversalTime()}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(TableEntityMapper.ToAuditEntry).ToListAsync(cancellationToken);
    }

    /// <summary>As many as were asked for, and what else their last page of the index names: at most a page more.</summary>
    private async Task<List<AuditEntry>> ReadAuditOfAllOfficesAsync(DateTimeOffset since, DateTimeOffset until, int maxCount, CancellationToken cancellationToken)
    {
        List<AuditEntry> found = [];
        HashSet<(string OfficeKey, int Version)> seen = [];
        await foreach (var page in auditIndex.ReadPagesAsync(since, until, cancellationToken))
        {
            var changes = page.Where(seen.Add).ToArray();
            var rows = new TableEntity?[changes.Length];
            await Parallel.ForAsync(0, changes.Length, CreateParallelOptions(cancellationToken), async (position, cancel) =>
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

    /// <param name="rows">What stands there, the office's audit aside or not.</param>
    private static List<TableTransactionAction> CreateActions(List<TableEntity> rows, RegisterEntry? after, TableEntity audit, EntryCounters counters)
    {
        var existing = rows.Where(row => !IsAuditRow(row)).ToList();
        return after is null
            ? [.. existing.Select(CreateDeleteAction), CreatePutAction(audit, null)]
            : [CreatePutAction(TableEntityMapper.ToEntity(after.Office, counters), FindOfficeRow(existing)), CreatePutAction(audit, null), .. CreateEventActions(after.Events, existing)];
    }

    private static IEnumerable<TableTransactionAction> CreateEventActions(IReadOnlyList<LifecycleEvent> events, List<TableEntity> rows)
    {
        var existing = rows.Where(row => row.RowKey != TableEntityMapper.OfficeRowKey).ToDictionary(row => row.RowKey, StringComparer.Ordinal);
        foreach (var desired in events.Select(TableEntityMapper.ToEntity))
        {
            if (!existing.Remove(desired.RowKey, out var current) || !TableEntityMapper.HasSameColumns(desired, current))
            {
                yield return CreatePutAction(desired, current);
            }
        }

        foreach (var removed in existing.Values)
        {
            yield return CreateDeleteAction(removed);
        }
    }

    private static TableTransactionAction CreatePutAction(TableEntity row, TableEntity? current) => current is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, current.ETag);

    private static TableTransactionAction CreateDeleteAction(TableEntity row) => new(TableTransactionActionType.Delete, row, row.ETag);

    private async Task<IReadOnlyList<Response>> SubmitAsync(string officeId, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var bytes = actions.Sum(action => TableEntityMapper.EstimateRequestBytes((TableEntity)action.Entity));
        if (actions.Count > MaxTransactionOperations || bytes > MaxTransactionBytes)
        {
            throw new ArgumentException(
                $"events must be few enough that one change of the office takes at most {MaxTransactionOperations} rows and {MaxTransactionBytes} bytes; "
                + $"got {actions.Count} rows and about {bytes} bytes.");
        }

        try
        {
            return (await table.SubmitTransactionAsync(actions, cancellationToken)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 412
            || (e.Status == 409 && e.ErrorCode == "EntityAlreadyExists")
            || (e.Status == 404 && e.ErrorCode is "ResourceNotFound" or "EntityNotFound"))
        {
            // Another write came between our reading and ours; the transaction left everything as it was.
            throw EntryPrecondition.CreateConcurrentChangeException(officeId, e);
        }
    }

    private Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken) => AzureCall.RunAsync(
        async () =>
        {
            await tableInitializer.EnsureCreatedAsync(cancellationToken);
            return await operation();
        },
        cancellationToken);
}
