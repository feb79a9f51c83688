using Azure;
using Azure.Data.Tables;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Storage.AzureStorage;

/// <summary>The transaction that replaces the rows of one office: its own row, the events that changed, and the change's row in the audit log.</summary>
internal static class TableTransaction
{
    // Entity group transactions: at most 100 operations and 4 MiB (Microsoft Learn). The emulator does not enforce the bytes.
    private const int MaxOperations = 100;
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <param name="rows">The existing rows, with or without those of the audit log.</param>
    /// <param name="after">Null to delete the office.</param>
    public static List<TableTransactionAction> CreateActions(List<TableEntity> rows, RegisterEntry? after, TableEntity audit, EntryCounters counters)
    {
        var existing = rows.Where(row => !TableEntityMapper.IsAuditRow(row)).ToList();
        return after is null
            ? [.. existing.Select(CreateDeleteAction), CreatePutAction(audit, null)]
            : [CreatePutAction(TableEntityMapper.ToEntity(after.Office, counters), TableEntityMapper.FindOfficeRow(existing)), CreatePutAction(audit, null), .. CreateEventActions(after.Events, existing)];
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

    /// <returns>One response for each action, in their order.</returns>
    /// <exception cref="ArgumentException">The transaction exceeds the limits of the service.</exception>
    /// <exception cref="ConflictException">A row was changed since it was read; nothing is written.</exception>
    public static async Task<IReadOnlyList<Response>> SubmitAsync(
        TableClient table, string officeId, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        var bytes = actions.Sum(action => TableEntityMapper.EstimateRequestBytes((TableEntity)action.Entity));
        if (actions.Count > MaxOperations || bytes > MaxBytes)
        {
            throw new ArgumentException(
                $"events must be few enough that one change of the office takes at most {MaxOperations} rows and {MaxBytes} bytes; "
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
            // Another process wrote between the read and this write; the transaction changed nothing.
            throw EntryPrecondition.CreateConcurrentChangeException(officeId, e);
        }
    }
}
