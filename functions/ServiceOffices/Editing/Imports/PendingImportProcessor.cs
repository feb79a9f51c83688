using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

/// <summary>
/// Brings accepted imports into the register. Only the holder of the refresh's lease does so, before it reads the
/// register. Each step is one transaction that asks for the version that the plan was made for, so that doing it twice does
/// it once, and nobody's edit in between is lost: it stays, and the outcome names it.
/// </summary>
public sealed partial class PendingImportProcessor(IRegisterStore register, ImportStore imports, TimeProvider time, ILogger<PendingImportProcessor> log)
    : IRefreshStep
{
    // Orphans are rare, and looking for them lists every import there ever was.
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromHours(1);

    private const string ChangedSinceAccepted = "changed by somebody else since the import was accepted";

    private DateTimeOffset nextCleanup;

    public string Name => "finish imports";

    /// <summary>Finishes what is pending, or returns where the lease is lost: then the new holder does.</summary>
    /// <exception cref="StorageUnavailableException">A store does not answer; the next refresh goes on from there.</exception>
    public async Task RunAsync(RefreshLease lease, CancellationToken cancellationToken)
    {
        foreach (var id in await imports.GetPendingIdsAsync(cancellationToken))
        {
            if (await imports.GetRecordAsync(id, cancellationToken) is not { } record || !await CompleteAsync(record, lease, cancellationToken))
            {
                return;
            }
        }

        if (time.GetUtcNow() >= nextCleanup)
        {
            nextCleanup = time.GetUtcNow() + CleanupInterval;
            if (await imports.DeleteOrphansAsync(cancellationToken) is > 0 and var orphanCount)
            {
                LogOrphansDeleted(orphanCount);
            }
        }
    }

    /// <returns>False where the lease is lost.</returns>
    private async Task<bool> CompleteAsync(ImportRecord record, RefreshLease lease, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var appliedBatches = await imports.GetAppliedBatchesAsync(record.Id, cancellationToken);
        var content = await register.ReadAllAsync(cancellationToken);
        var entries = content.Entries.ToDictionary(stored => stored.Entry.Office.Id, StringComparer.Ordinal);
        var unreadable = content.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
        for (var batch = 0; batch < record.Batches; batch++)
        {
            if (appliedBatches.Contains(batch))
            {
                continue;
            }

            if (!await lease.IsHeldAsync(cancellationToken))
            {
                return false;
            }

            var steps = await imports.ReadStepsAsync(record.Id, batch, cancellationToken);
            await imports.CompleteBatchAsync(record.Id, batch, await ApplyAsync(record, steps, entries, unreadable, cancellationToken), cancellationToken);
        }

        await imports.CompleteAsync(record, cancellationToken);
        var elapsedMs = (long)time.GetElapsedTime(started).TotalMilliseconds;
        LogImportCompleted(record.Id, record.By, record.Offices.Added, record.Offices.Changed, record.Offices.Removed, elapsedMs);
        return true;
    }

    /// <param name="entries">The register as it stood when this process took the import up.</param>
    /// <param name="unreadable">The offices that it had rows of which cannot be read.</param>
    private async Task<ImportBatchResult> ApplyAsync(
        ImportRecord record, IReadOnlyList<ImportStep> steps, Dictionary<string, StoredEntry> entries, HashSet<string> unreadable, CancellationToken cancellationToken)
    {
        List<ImportConflict> conflicts = [];
        List<(ImportStep Step, EntryWrite Write)> writes = [];
        foreach (var step in steps)
        {
            var before = entries.GetValueOrDefault(step.OfficeId);
            if (before?.ETag == step.BaseETag && !unreadable.Contains(step.OfficeId))
            {
                writes.Add((step, new EntryWrite(before, step.Entry)));
            }
            else if (unreadable.Contains(step.OfficeId) || !MatchesPlan(step, before))
            {
                conflicts.Add(new ImportConflict(step.OfficeId, ChangedSinceAccepted));
            }
        }

        Signature signature = new(record.By, time.GetUtcNow(), $"import {record.Id}");
        var errors = writes.Count == 0 ? [] : await register.WriteAllAsync([.. writes.Select(pair => pair.Write)], signature, cancellationToken);
        foreach (var ((step, _), error) in writes.Zip(errors))
        {
            if (error is ConflictException && !await IsAlreadyAppliedAsync(step, cancellationToken))
            {
                conflicts.Add(new ImportConflict(step.OfficeId, ChangedSinceAccepted));
            }
            else if (error is ArgumentException)
            {
                // One office that the store refuses must not keep all others, and every refresh after this one, from going on.
                conflicts.Add(new ImportConflict(step.OfficeId, error.Message));
            }
        }

        conflicts.Sort((left, right) => string.CompareOrdinal(left.OfficeId, right.OfficeId));
        return new ImportBatchResult(steps.Count - conflicts.Count, conflicts);
    }

    /// <summary>A step that was done before this process, or another instance, took over.</summary>
    private async Task<bool> IsAlreadyAppliedAsync(ImportStep step, CancellationToken cancellationToken)
    {
        try
        {
            return MatchesPlan(step, await register.ReadAsync(step.OfficeId, cancellationToken));
        }
        catch (UnreadableEntryException)
        {
            return false;
        }
    }

    private static bool MatchesPlan(ImportStep step, StoredEntry? current) =>
        step.Entry is null ? current is null : current is not null && !AuditTrail.FindDifferences(current.Entry, step.Entry).Any();

    [LoggerMessage(Level = LogLevel.Information, Message = "{OrphanCount} documents that were never accepted were deleted")]
    private partial void LogOrphansDeleted(int orphanCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportId} by {By} finished: {Added} added, {Changed} changed, {Removed} removed, {ElapsedMs} ms in this process")]
    private partial void LogImportCompleted(string importId, string by, int added, int changed, int removed, long elapsedMs);
}
