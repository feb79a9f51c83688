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
    private const int StepsAtOnce = 8;

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
    }

    /// <returns>False where the lease is lost.</returns>
    private async Task<bool> FinishAsync(ImportRecord record, RefreshLease lease, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var done = await imports.DoneAsync(record.Id, cancellationToken);
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
            await imports.FinishBatchAsync(record.Id, batch, await ApplyAsync(record, steps, cancellationToken), cancellationToken);
        }

        await imports.FinishAsync(record, cancellationToken);
        var elapsedMs = (long)time.GetElapsedTime(started).TotalMilliseconds;
        LogFinished(record.Id, record.By, record.Offices.Added, record.Offices.Changed, record.Offices.Removed, elapsedMs);
        return true;
    }

    private async Task<ImportBatchResult> ApplyAsync(ImportRecord record, IReadOnlyList<ImportStep> steps, CancellationToken cancellationToken)
    {
        Signature signature = new(record.By, time.GetUtcNow(), $"import {record.Id}");
        var reasons = new string?[steps.Count];
        await Parallel.ForAsync(
            0, steps.Count, new ParallelOptions { MaxDegreeOfParallelism = StepsAtOnce, CancellationToken = cancellationToken },
            async (index, cancel) => reasons[index] = await ApplyAsync(steps[index], signature, cancel));
        ImportConflict[] conflicts =
            [.. steps.Zip(reasons).Where(pair => pair.Second is not null).Select(pair => new ImportConflict(pair.First.OfficeId, pair.Second!))];
        return new ImportBatchResult(steps.Count - conflicts.Length, conflicts);
    }

    /// <returns>Why the office was left as it is; null where it is now as planned.</returns>
    private async Task<string?> ApplyAsync(ImportStep step, Signature signature, CancellationToken cancellationToken)
    {
        try
        {
            if (step.Entry is { } entry)
            {
                await register.WriteAsync(entry, step.BaseETag, signature, cancellationToken);
            }
            else
            {
                await register.RemoveAsync(step.OfficeId, step.BaseETag!, signature, cancellationToken);
            }

            return null;
        }
        catch (ConflictException)
        {
            return await IsAlreadySoAsync(step, cancellationToken) ? null : "changed by somebody else since the import was accepted";
        }
        catch (ArgumentException e)
        {
            // One office that the store refuses must not keep all others, and every refresh after this one, from going on.
            return e.Message;
        }
    }

    /// <summary>A step that was done before this process, or another instance, took over.</summary>
    private async Task<bool> IsAlreadySoAsync(ImportStep step, CancellationToken cancellationToken)
    {
        try
        {
            var there = await register.ReadAsync(step.OfficeId, cancellationToken);
            return step.Entry is null ? there is null : there is not null && !AuditRow.Differences(there.Entry, step.Entry).Any();
        }
        catch (UnreadableEntryException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportId} by {By} finished: {Added} added, {Changed} changed, {Removed} removed, {ElapsedMs} ms in this process")]
    private partial void LogFinished(string importId, string by, int added, int changed, int removed, long elapsedMs);
}
