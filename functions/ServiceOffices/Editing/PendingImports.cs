using Microsoft.Extensions.Logging;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>
/// Brings accepted imports into the register. Only the holder of the refresh's lease does so, before it reads the
/// register. Each step is one transaction that asks for the version that the plan was made for, so that doing it twice does
/// it once, and nobody's edit in between is lost: it stays, and the outcome names it.
/// </summary>
public sealed partial class PendingImports(IRegisterStore register, ImportStore imports, TimeProvider time, ILogger<PendingImports> log)
{
    // Orphans are rare, and looking for them lists every import there ever was.
    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    private const string Changed = "changed by somebody else since the import was accepted";

    private DateTimeOffset nextCleaning;

    /// <summary>Finishes what is pending, or returns where the lease is lost: then the new holder does.</summary>
    /// <exception cref="StorageUnavailableException">A store does not answer; the next refresh goes on from there.</exception>
    public async Task FinishAsync(RefreshLease lease, CancellationToken cancellationToken)
    {
        foreach (var id in await imports.PendingAsync(cancellationToken))
        {
            if (await imports.RecordAsync(id, cancellationToken) is not { } record || !await FinishAsync(record, lease, cancellationToken))
            {
                return;
            }
        }

        if (time.GetUtcNow() >= nextCleaning)
        {
            nextCleaning = time.GetUtcNow() + CleanEvery;
            if (await imports.CleanAsync(cancellationToken) is > 0 and var documents)
            {
                LogCleaned(documents);
            }
        }
    }

    /// <returns>False where the lease is lost.</returns>
    private async Task<bool> FinishAsync(ImportRecord record, RefreshLease lease, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var done = await imports.DoneAsync(record.Id, cancellationToken);
        var standing = await register.ReadAllAsync(cancellationToken);
        var entries = standing.Entries.ToDictionary(stored => stored.Entry.Office.Id, StringComparer.Ordinal);
        var unreadable = standing.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
        for (var batch = 0; batch < record.Batches; batch++)
        {
            if (done.Contains(batch))
            {
                continue;
            }

            if (!await lease.IsHeldAsync(cancellationToken))
            {
                return false;
            }

            var steps = await imports.StepsAsync(record.Id, batch, cancellationToken);
            await imports.FinishBatchAsync(record.Id, batch, await ApplyAsync(record, steps, entries, unreadable, cancellationToken), cancellationToken);
        }

        await imports.FinishAsync(record, cancellationToken);
        var elapsedMs = (long)time.GetElapsedTime(started).TotalMilliseconds;
        LogFinished(record.Id, record.By, record.Offices.Added, record.Offices.Changed, record.Offices.Removed, elapsedMs);
        return true;
    }

    /// <param name="entries">The register as it stood when this process took the import up.</param>
    /// <param name="unreadable">The offices that it had rows of which cannot be read.</param>
    private async Task<ImportBatchResult> ApplyAsync(
        ImportRecord record, IReadOnlyList<ImportStep> steps, Dictionary<string, StoredEntry> entries, HashSet<string> unreadable, CancellationToken cancellationToken)
    {
        List<ImportConflict> conflicts = [];
        List<(ImportStep Step, EntryWrite Write)> open = [];
        foreach (var step in steps)
        {
            var before = entries.GetValueOrDefault(step.OfficeId);
            if (before?.ETag == step.BaseETag && !unreadable.Contains(step.OfficeId))
            {
                open.Add((step, new EntryWrite(before, step.Entry)));
            }
            else if (unreadable.Contains(step.OfficeId) || !IsAsPlanned(step, before))
            {
                conflicts.Add(new ImportConflict(step.OfficeId, Changed));
            }
        }

        Signature signature = new(record.By, time.GetUtcNow(), $"import {record.Id}");
        var refusals = open.Count == 0 ? [] : await register.WriteAllAsync([.. open.Select(pair => pair.Write)], signature, cancellationToken);
        foreach (var ((step, _), refusal) in open.Zip(refusals))
        {
            if (refusal is ConflictException && !await IsAlreadySoAsync(step, cancellationToken))
            {
                conflicts.Add(new ImportConflict(step.OfficeId, Changed));
            }
            else if (refusal is ArgumentException)
            {
                // One office that the store refuses must not keep all others, and every refresh after this one, from going on.
                conflicts.Add(new ImportConflict(step.OfficeId, refusal.Message));
            }
        }

        conflicts.Sort((left, right) => string.CompareOrdinal(left.OfficeId, right.OfficeId));
        return new ImportBatchResult(steps.Count - conflicts.Count, conflicts);
    }

    /// <summary>A step that was done before this process, or another instance, took over.</summary>
    private async Task<bool> IsAlreadySoAsync(ImportStep step, CancellationToken cancellationToken)
    {
        try
        {
            return IsAsPlanned(step, await register.ReadAsync(step.OfficeId, cancellationToken));
        }
        catch (UnreadableEntryException)
        {
            return false;
        }
    }

    private static bool IsAsPlanned(ImportStep step, StoredEntry? there) =>
        step.Entry is null ? there is null : there is not null && !AuditRow.Differences(there.Entry, step.Entry).Any();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Documents} documents that were never accepted were deleted")]
    private partial void LogCleaned(int documents);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportId} by {By} finished: {Added} added, {Changed} changed, {Removed} removed, {ElapsedMs} ms in this process")]
    private partial void LogFinished(string importId, string by, int added, int changed, int removed, long elapsedMs);
}
