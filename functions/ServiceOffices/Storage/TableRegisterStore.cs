using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register;

namespace ServiceOffices.Storage;

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
    private const int TransactionOperations = 100;
    private const int TransactionBytes = 4 * 1024 * 1024;

    // Each is on another partition, so that the service answers many at once.
    private const int RequestsAtOnce = 16;

    // Where the id's first character parts the table for parallel reading; ids are slugs of 0-9 and a-z.
    private static readonly (string From, string? To)[] Ranges =
    [
        ("", "c"), ("c", "g"), ("g", "k"), ("k", "n"), ("n", "s"), ("s", "t"), ("t", "v"),
        ("v", TableAuditIndex.RangeStart), (TableAuditIndex.RangeEnd, null),
    ];

    private static readonly string WithoutAudit = TableClient.CreateQueryFilter(
        $" and (RowKey lt {TableRow.AuditPrefix} or RowKey ge {TableRow.AuditEnd})");

    private readonly CreatedOnce created = new(token => table.CreateIfNotExistsAsync(token));
    private readonly TableAuditIndex index = new(table);

    public Task<RegisterContent> ReadAllAsync(CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var ranges = await Task.WhenAll(Ranges.Select(range => ReadRangeAsync(range.From, range.To, cancellationToken)));
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
            + (to is null ? "" : TableClient.CreateQueryFilter($" and PartitionKey lt {to}")) + WithoutAudit;
        List<EntryBuilder> entries = [];
        List<TableEntity> rows = [];
        var isTorn = false;
        await foreach (var page in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).AsPages())
        {
            isTorn |= rows.Count > 0 && page.Values.Count > 0 && page.Values[0].PartitionKey == rows[0].PartitionKey;
            foreach (var row in page.Values)
            {
                if (rows.Count > 0 && row.PartitionKey != rows[0].PartitionKey)
                {
                    await FinishAsync();
                }

                rows.Add(row);
            }
        }

        await FinishAsync();
        return entries;

        async Task FinishAsync()
        {
            if (rows.Count > 0)
            {
                // A write may have come between the two pages that this office's rows were on.
                var key = rows[0].PartitionKey;
                entries.Add(TableRow.Entry(key, isTorn ? await ReadPartitionAsync(key, cancellationToken) : rows));
            }

            rows = [];
            isTorn = false;
        }
    }

    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var key = KeyText.Escape(officeId);
            return TableRow.Entry(key, await ReadPartitionAsync(key, cancellationToken)).Whole();
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
            var query = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key}") + (audit ? "" : WithoutAudit), cancellationToken: cancellationToken);
            await foreach (var page in query.AsPages())
            {
                pages++;
                rows.AddRange(page.Values);
            }

            // One page is one moment. Several are when the office's row, rewritten by every write, did not move from one reading to the next.
            var office = Office(rows)?.ETag ?? ETag.All;
            if (pages <= 1 || office == before)
            {
                return rows;
            }

            before = office;
        }
    }

    private static TableEntity? Office(IEnumerable<TableEntity> rows) => rows.FirstOrDefault(row => row.RowKey == TableRow.OfficeKey);

    public Task<string> WriteAsync(RegisterEntry entry, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        RowLimits.Check(entry);
        return RunAsync(
            async () =>
            {
                var rows = await ReadForWriteAsync(entry.Office.Id, isNew: ifMatch is null, cancellationToken);
                var responses = await ChangeAsync(entry.Office.Id, rows, entry, ifMatch, signature, cancellationToken);
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
                return await ChangeAsync(officeId, rows, null, ifMatch, signature, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<Response>> ChangeAsync(
        string officeId, List<TableEntity> rows, RegisterEntry? after, string? ifMatch, Signature signature, CancellationToken cancellationToken)
    {
        RegisterConflict.ThrowUnlessMatch(officeId, Office(rows)?.ETag.ToString("H"), ifMatch);
        var (audit, counters) = AuditOf(officeId, rows, after, signature);
        await index.AddAsync([(audit.PartitionKey, counters.Version)], signature.At, cancellationToken);
        return await SubmitAsync(officeId, Actions(rows, after, audit, counters), cancellationToken);
    }

    public Task<IReadOnlyList<Exception?>> WriteAllAsync(IReadOnlyList<EntryWrite> writes, Signature signature, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<Exception?>>(
            async () =>
            {
                var refusals = new Exception?[writes.Count];
                await index.AddAsync(
                    [.. writes.Select(write => (KeyText.Escape(write.OfficeId), (write.Before?.Version ?? 0) + 1))], signature.At, cancellationToken);
                await Parallel.ForAsync(0, writes.Count, AtOnce(cancellationToken), async (place, cancel) =>
                {
                    try
                    {
                        await WriteAsync(writes[place], signature, cancel);
                    }
                    catch (Exception refusal) when (refusal is ConflictException or ArgumentException)
                    {
                        refusals[place] = refusal;
                    }
                });
                return refusals;
            },
            cancellationToken);

    /// <summary>One transaction that nothing is read for; where what was read does not stand any more, or cannot tell how often it was written, what stands decides.</summary>
    private async Task WriteAsync(EntryWrite write, Signature signature, CancellationToken cancellationToken)
    {
        if (write.After is { } entry)
        {
            RowLimits.Check(entry);
        }

        if (write.Before is null or { Version: > 0 })
        {
            try
            {
                var rows = TableRow.Rows(write.Before);
                var (audit, counters) = AuditOf(write.OfficeId, rows, write.After, signature);
                await SubmitAsync(write.OfficeId, Actions(rows, write.After, audit, counters), cancellationToken);
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

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };

    /// <summary>The rows of an office and, where its own row cannot tell how often it was written, what tells it.</summary>
    private async Task<List<TableEntity>> ReadForWriteAsync(string officeId, bool isNew, CancellationToken cancellationToken)
    {
        var key = KeyText.Escape(officeId);
        var rows = await ReadPartitionAsync(key, cancellationToken, audit: isNew);
        return isNew || TableRow.CountersOf(rows).Version > 0 ? rows : await ReadPartitionAsync(key, cancellationToken, audit: true);
    }

    private static bool IsAudit(TableEntity row) => row.RowKey.StartsWith(TableRow.AuditPrefix, StringComparison.Ordinal);

    private static (TableEntity Row, Counters Counters) AuditOf(string officeId, List<TableEntity> rows, RegisterEntry? after, Signature signature)
    {
        List<StoredEntry> entries = [];
        TableRow.Entry(KeyText.Escape(officeId), rows.Where(row => !IsAudit(row))).AddTo(entries, []);
        var before = entries.FirstOrDefault()?.Entry;
        var counters = TableRow.CountersOf(rows).Next([.. (before?.Events ?? []).Concat(after?.Events ?? []).Select(happened => happened.Number)]);
        return (TableRow.Of(AuditRow.Of(officeId, counters.Version, Office(rows) is not null, before, after, signature), counters), counters);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        string? officeId, DateTimeOffset since, DateTimeOffset until, int most, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<AuditEntry>>(
        async () =>
        {
            var found = officeId is null
                ? await ReadAuditOfAllAsync(since, until, most, cancellationToken)
                : await ReadAuditOfOneAsync(KeyText.Escape(officeId), since, until, cancellationToken);
            return [.. found
                .OrderByDescending(audit => audit.Signature.At)
                .ThenBy(audit => audit.OfficeId, StringComparer.Ordinal)
                .ThenByDescending(audit => audit.ToVersion)
                .Take(most)];
        },
        cancellationToken);

    private async Task<List<AuditEntry>> ReadAuditOfOneAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and RowKey ge {TableRow.AuditPrefix} and RowKey lt {TableRow.AuditEnd} and at ge {since.ToUniversalTime()} and at le {until.ToUniversalTime()}");
        return await table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(TableRow.Audit).ToListAsync(cancellationToken);
    }

    /// <summary>As many as were asked for, and what else their last page of the index names: at most a page more.</summary>
    private async Task<List<AuditEntry>> ReadAuditOfAllAsync(DateTimeOffset since, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        List<AuditEntry> found = [];
        HashSet<(string OfficeKey, int Version)> seen = [];
        await foreach (var page in index.PagesAsync(since, until, cancellationToken))
        {
            var changes = page.Where(seen.Add).ToArray();
            var rows = new TableEntity?[changes.Length];
            await Parallel.ForAsync(0, changes.Length, AtOnce(cancellationToken), async (place, cancel) =>
            {
                var (key, version) = changes[place];
                var row = await table.GetEntityIfExistsAsync<TableEntity>(key, TableRow.AuditKey(version), cancellationToken: cancel);
                rows[place] = row.HasValue ? row.Value : null;
            });
            found.AddRange(rows.OfType<TableEntity>().Select(TableRow.Audit).Where(audit => audit.Signature.At >= since && audit.Signature.At <= until));
            if (found.Count >= most)
            {
                break;
            }
        }

        return found;
    }

    /// <param name="rows">What stands there, the office's audit aside or not.</param>
    private static List<TableTransactionAction> Actions(List<TableEntity> rows, RegisterEntry? after, TableEntity audit, Counters counters)
    {
        var standing = rows.Where(row => !IsAudit(row)).ToList();
        return after is null
            ? [.. standing.Select(Delete), Put(audit, null)]
            : [Put(TableRow.Of(after.Office, counters), Office(standing)), Put(audit, null), .. EventActions(after.Events, standing)];
    }

    private static IEnumerable<TableTransactionAction> EventActions(IReadOnlyList<LifecycleEvent> events, List<TableEntity> rows)
    {
        var standing = rows.Where(row => row.RowKey != TableRow.OfficeKey).ToDictionary(row => row.RowKey, StringComparer.Ordinal);
        foreach (var wanted in events.Select(TableRow.Of))
        {
            if (!standing.Remove(wanted.RowKey, out var current) || !TableRow.SameColumns(wanted, current))
            {
                yield return Put(wanted, current);
            }
        }

        foreach (var gone in standing.Values)
        {
            yield return Delete(gone);
        }
    }

    private static TableTransactionAction Put(TableEntity row, TableEntity? current) => current is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, current.ETag);

    private static TableTransactionAction Delete(TableEntity row) => new(TableTransactionActionType.Delete, row, row.ETag);

    private async Task<IReadOnlyList<Response>> SubmitAsync(string officeId, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var bytes = actions.Sum(action => TableRow.BytesSent((TableEntity)action.Entity));
        if (actions.Count > TransactionOperations || bytes > TransactionBytes)
        {
            throw new ArgumentException(
                $"events must be few enough that one change of the office takes at most {TransactionOperations} rows and {TransactionBytes} bytes; "
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
            throw RegisterConflict.ChangedMeanwhile(officeId, e);
        }
    }

    private Task<T> RunAsync<T>(Func<Task<T>> calls, CancellationToken cancellationToken) => AzureCall.RunAsync(
        async () =>
        {
            await created.EnsureAsync(cancellationToken);
            return await calls();
        },
        cancellationToken);
}
