using Azure;
using Azure.Data.Tables;
using Azure.Identity;
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

    /// <summary>
    /// Applies a change at most once. If the response is lost, the SDK repeats the transaction, which is then refused; and after its
    /// last attempt, the transaction may be applied. In both cases, the change's row in the audit log shows whether it is.
    /// </summary>
    /// <returns>The new ETag of the office's row, or one that matches no version if another process has changed it since; null for a removal.</returns>
    /// <exception cref="ArgumentException">The transaction exceeds the limits of the service.</exception>
    /// <exception cref="ConflictException">A row was changed since it was read; nothing is written.</exception>
    /// <exception cref="StorageUnavailableException">The service did not answer, and the outcome is unknown.</exception>
    public static async Task<string?> SubmitAsync(TableClient table, OfficeChange change, CancellationToken cancellationToken)
    {
        ThrowIfTooLarge(change.Actions);
        try
        {
            var responses = (await table.SubmitTransactionAsync(change.Actions, cancellationToken)).Value;
            return change.After is null ? null : responses[0].Headers.ETag!.Value.ToString("H");
        }
        catch (RequestFailedException e) when (IsConflict(e))
        {
            return await ReadOutcomeAsync(table, change, e, cancellationToken) is { IsApplied: true } outcome
                ? outcome.ETag
                : throw EntryPrecondition.CreateConcurrentChangeException(change.OfficeId, e);
        }
        catch (Exception e) when (AzureCall.IsStorageFault(e, cancellationToken))
        {
            var outcome = await ReadOutcomeAsync(table, change, e, cancellationToken);
            return outcome switch
            {
                { IsApplied: true } => outcome.ETag,
                { IsRefuted: true } => throw EntryPrecondition.CreateConcurrentChangeException(change.OfficeId, e),
                _ => throw AzureCall.CreateUnavailableException(e, isOutcomeUnknown: !IsRejection(e)),
            };
        }
    }

    private static void ThrowIfTooLarge(IReadOnlyList<TableTransactionAction> actions)
    {
        var bytes = actions.Sum(action => TableEntityMapper.EstimateRequestBytes((TableEntity)action.Entity));
        if (actions.Count > MaxOperations || bytes > MaxBytes)
        {
            throw new ArgumentException(
                $"events must be few enough that one change of the office takes at most {MaxOperations} rows and {MaxBytes} bytes; "
                + $"got {actions.Count} rows and about {bytes} bytes.");
        }
    }

    private static bool IsConflict(RequestFailedException e) => e.Status == 412
        || (e.Status == 409 && e.ErrorCode == "EntityAlreadyExists")
        || (e.Status == 404 && e.ErrorCode is "ResourceNotFound" or "EntityNotFound");

    // After an answer such as 403, the service does not apply the transaction later.
    private static bool IsRejection(Exception e) => e is AuthenticationFailedException or RequestFailedException { Status: >= 400 and < 500 and not (408 or 429) };

    private static async Task<TransactionOutcome> ReadOutcomeAsync(TableClient table, OfficeChange change, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            var audit = await table.GetEntityIfExistsAsync<TableEntity>(change.Audit.PartitionKey, change.Audit.RowKey, cancellationToken: cancellationToken);
            var operation = change.Audit.GetString(TableEntityMapper.OperationColumn);
            if (!audit.HasValue || audit.Value!.GetString(TableEntityMapper.OperationColumn) != operation)
            {
                return new TransactionOutcome(IsApplied: false, IsRefuted: audit.HasValue, null);
            }

            if (change.After is null)
            {
                return new TransactionOutcome(IsApplied: true, IsRefuted: false, null);
            }

            var office = await table.GetEntityIfExistsAsync<TableEntity>(change.Audit.PartitionKey, TableEntityMapper.OfficeRowKey, cancellationToken: cancellationToken);
            return new TransactionOutcome(
                IsApplied: true,
                IsRefuted: false,
                office.HasValue && TableEntityMapper.IsOfVersion(office.Value!, change.Counters) ? office.Value!.ETag.ToString("H") : $"\"{operation}\"");
        }
        catch (Exception e) when (AzureCall.IsStorageFault(e, cancellationToken))
        {
            throw AzureCall.CreateUnavailableException(fault, isOutcomeUnknown: true);
        }
    }

    /// <summary>The outcome of a transaction, read from the table.</summary>
    /// <param name="IsRefuted">True if another change has the version of this one, so that it can never be applied.</param>
    private sealed record TransactionOutcome(bool IsApplied, bool IsRefuted, string? ETag);
}
