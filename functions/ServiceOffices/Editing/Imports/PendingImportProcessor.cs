using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

/// <summary>
/// Applies accepted imports to the register. Only the holder of the refresh lease does so, before it reads the register.
/// Each step is one transaction that requires the version on which the plan is based. Repeated steps therefore have no
/// effect, and edits made in between are kept and listed in the outcome.
/// </summary>
public sealed partial class PendingImportProcessor(IRegisterStore register, ImportStore imports, TimeProvider time, ILogger<PendingImportProcessor> log)
    : IRefreshStep
{
    // Orphans are rare, and finding them requires listing all imports.
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromHours(1);

    private const string ChangedSinceAccepted = "changed by another editor after the import was accepted";

    private DateTimeOffset nextCleanup;

    public string Name => "finish imports";

    /// <summary>Applies all pending imports. Returns early if the lease is lost; its new holder continues.</summary>
    /// <exception cref="StorageUnavailableException">A store is unavailable; the next refresh continues.</exception>
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

    /// <returns>False if the lease is lost.</returns>
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

        await imports.CompleteAsync(record, await FindOtherConflictsAsync(record, cancellationToken), cancellationToken);
        var elapsedMs = (long)time.GetElapsedTime(started).TotalMilliseconds;
        LogImportCompleted(record.Id, record.By, record.Offices.Added, record.Offices.Changed, record.Offices.Removed, elapsedMs);
        return true;
    }

    /// <summary>
    /// Finds the offices that differ from the document although the plan has no step for them. Only an import that replaces the
    /// register can have them: it removes no office that was added after the plan was made.
    /// </summary>
    private async Task<IReadOnlyList<ImportConflict>> FindOtherConflictsAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        if (await imports.GetBaselineAsync(record.Id, cancellationToken) is not { } baseline)
        {
            return [];
        }

        var content = await register.ReadAllAsync(cancellationToken);
        var current = content.Entries.ToDictionary(stored => stored.Entry.Office.Id, stored => (string?)stored.ETag, StringComparer.Ordinal);
        foreach (var row in content.Rejected)
        {
            current[row.OfficeId] = null;
        }

        var added = current.Keys.Where(id => !baseline.ContainsKey(id));
        var changed = baseline.Where(pair => pair.Value is not null && current.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key);
        return [.. added.Concat(changed).Order(StringComparer.Ordinal).Select(id => new ImportConflict(id, ChangedSinceAccepted))];
    }

    /// <param name="entries">The register when this process started to apply the import.</param>
    /// <param name="unreadable">Offices of the register with unreadable rows.</param>
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
                // An office that the store rejects must not block the other offices and all later refreshes.
                conflicts.Add(new ImportConflict(step.OfficeId, error.Message));
            }
        }

        conflicts.Sort((left, right) => string.CompareOrdinal(left.OfficeId, right.OfficeId));
        return new ImportBatchResult(steps.Count - conflicts.Count, conflicts);
    }

    /// <summary>Returns true if this or another process has applied the step before.</summary>
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {OrphanCount} imports that were never accepted")]
    private partial void LogOrphansDeleted(int orphanCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportId} by {By} is finished: {Added} added, {Changed} changed, {Removed} removed, {ElapsedMs} ms in this process")]
    private partial void LogImportCompleted(string importId, string by, int added, int changed, int removed, long elapsedMs);
}
