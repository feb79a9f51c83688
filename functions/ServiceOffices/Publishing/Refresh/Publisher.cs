using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ODataEngine.Formats;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Model;
using ServiceOffices.Schema;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>Publishes the editors' register whenever it has changed. A crash at any point is invisible to readers.</summary>
/// <param name="steps">Run in their order before the register is read; null for none.</param>
public sealed partial class Publisher(
    IRegisterStore register,
    IPublicationStore publications,
    CurrentPublication current,
    ReferenceData reference,
    IReadOnlyList<ExportFormat> formats,
    TimeProvider time,
    ILogger<Publisher> log,
    IEnumerable<IRefreshStep>? steps = null) : IDisposable
{
    /// <summary>
    /// The maximum time by which a publication can be ahead of the clock, because its predecessor is. A predecessor that is further ahead
    /// was published while a clock was wrong, and does not determine the times of its successors.
    /// </summary>
    public static readonly TimeSpan MaxTimeAhead = TimeSpan.FromHours(1);

    // The outcome in metrics if a refresh throws.
    private const string FailedOutcome = "Failed";

    private readonly RegisterComposer composer = new(reference);
    private readonly string contract = PublicationContract.ComputeHash(RegisterModel.Model, formats);
    private readonly AbandonedPublications abandonedPublications = new(publications, time);
    private readonly DamagedPublications damagedPublications = new(publications, current, log);
    private readonly SemaphoreSlim refreshLock = new(1);

    /// <summary>The state of the last refresh of this process; null before the first.</summary>
    public RefreshState? LastRefresh { get; private set; }

    /// <summary>The last refresh of all instances.</summary>
    public RefreshHeartbeat Heartbeat { get; } = new(publications, time);

    /// <summary>
    /// Publishes the register if it has changed. Within one process, calls wait for each other: an edit that was written before
    /// the call is published when it returns, unless the result says otherwise.
    /// </summary>
    /// <exception cref="StorageUnavailableException">A store does not answer; written files are invisible, and the next refresh starts over.</exception>
    public async Task<RefreshOutcome> RefreshAsync(CancellationToken cancellationToken)
    {
        await refreshLock.WaitAsync(cancellationToken);
        using var span = Tracing.Start("refresh");
        var started = time.GetTimestamp();
        try
        {
            var outcome = await RefreshWithLeaseAsync(cancellationToken);
            var elapsed = time.GetElapsedTime(started);
            LogRefresh(outcome.Result, outcome.Revision, outcome.Changes, outcome.Rejected, (long)elapsed.TotalMilliseconds);
            span?.SetTag("refresh.outcome", outcome.Result).SetTag("refresh.revision", outcome.Revision).SetTag("refresh.changes", outcome.Changes);
            Metrics.RecordRefresh(outcome.Result.ToString(), outcome.Result is RefreshResult.Busy ? null : outcome.Rejected, elapsed);
            LastRefresh = new RefreshState(time.GetUtcNow(), outcome.Result);
            await Heartbeat.WriteAsync(LastRefresh, cancellationToken);
            return outcome;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            span?.SetTag("refresh.outcome", FailedOutcome).SetStatus(ActivityStatusCode.Error);
            Metrics.RecordRefresh(FailedOutcome, rejected: null, time.GetElapsedTime(started));
            if (e is StorageUnavailableException)
            {
                LastRefresh = new RefreshState(time.GetUtcNow(), null);
                await Heartbeat.WriteAsync(LastRefresh, cancellationToken);
            }

            throw;
        }
        finally
        {
            refreshLock.Release();
        }
    }

    public void Dispose() => refreshLock.Dispose();

    private async Task<RefreshOutcome> RefreshWithLeaseAsync(CancellationToken cancellationToken)
    {
        // 1. One process refreshes at a time.
        await using var lease = await Tracing.RunAsync("lease", () => publications.TryAcquireLeaseAsync(cancellationToken));
        if (lease is null)
        {
            return new RefreshOutcome(RefreshResult.Busy, current.Health.Revision, 0, 0);
        }

        // 2. Steps that change the register, such as pending imports.
        foreach (var step in steps ?? [])
        {
            await Tracing.RunAsync(step.Name, () => step.RunAsync(lease, cancellationToken));
        }

        // 3. The last publication, 4. the register.
        var (last, damage) = await Tracing.RunAsync("read publication", () => damagedPublications.LoadLatestAsync(cancellationToken));
        var content = await Tracing.RunAsync("read register", () => register.ReadAllAsync(cancellationToken));

        // 5. If the lease was lost, another process may have been in the middle of an import while the register was read.
        if (!await lease.IsHeldAsync(cancellationToken))
        {
            return new RefreshOutcome(RefreshResult.Conflict, last?.Publication.Revision, 0, 0);
        }

        // 6. A table that was lost and recreated is empty; no editor deletes every office.
        if (content is { Entries: [], Rejected: [] } && (last is null ? damage is not null : last.Publication.Register.Offices.Count > 0))
        {
            LogRegisterLost(last?.Publication.Register.Offices.Count, last?.Publication.Revision);
            return new RefreshOutcome(RefreshResult.RegisterLost, last?.Publication.Revision, 0, 0);
        }

        // 7. Validate and compose, 8. compare with the last publication.
        var at = GetPublicationTime(last);
        var composition = Tracing.Run("compose", () => composer.Compose(content, LocalDate.InStockholm(at), at, last?.Publication.Register));
        var draft = Tracing.Run("diff", () => PublicationDraft.Create(composition, reference, last, contract, at, damage?.NextRevision));

        // 9. Write the files, 10. replace the pointer.
        var next = draft is null ? null : await PublishAsync(draft, last, damage is null ? last?.ETag : damage.PointerETag, cancellationToken);

        // 11. Delete the files of abandoned attempts.
        var latest = next ?? last;
        await DeleteAbandonedAsync(latest, cancellationToken);
        var result = (draft, next) switch
        {
            (null, _) => RefreshResult.NothingNew,
            (_, null) => RefreshResult.Conflict,
            _ => RefreshResult.Published,
        };
        return new RefreshOutcome(
            result, latest?.Publication.Revision, next is null ? 0 : draft!.Changes.Count, composition.Rejected.Count);
    }

    /// <summary>Deletes the files of abandoned attempts. If the storage does not answer, the next refresh does, because they are invisible.</summary>
    private async Task DeleteAbandonedAsync(LoadedPublication? last, CancellationToken cancellationToken)
    {
        try
        {
            await abandonedPublications.DeleteExpiredAsync(last, cancellationToken);
        }
        catch (StorageUnavailableException e)
        {
            LogCleanupFailed(e);
        }
    }

    /// <summary>
    /// Gets the current time in whole seconds, but after the last publication: HTTP dates have no fractions, so a client
    /// with If-Modified-Since alone would otherwise miss the second of two publications in one second (RFC 9110, 8.8.2.2).
    /// If the last publication is at least <see cref="MaxTimeAhead"/> ahead, it is the current time nevertheless.
    /// </summary>
    private DateTimeOffset GetPublicationTime(LoadedPublication? last)
    {
        var now = time.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return last is not null && now <= last.Publication.At && last.Publication.At - now < MaxTimeAhead ? last.Publication.At.AddSeconds(1) : now;
    }

    /// <param name="pointerETag">The ETag of the pointer to replace; null if there is none.</param>
    /// <returns>Null if the pointer was not replaced.</returns>
    private async Task<LoadedPublication?> PublishAsync(
        PublicationDraft draft, LoadedPublication? last, string? pointerETag, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        if (await damagedPublications.RepairStalePointerAsync(draft.Record.Revision, pointerETag, cancellationToken))
        {
            return null;
        }

        var folder = PublicationFolders.CreateName(draft.Record.Revision);
        LoadedPublication next;
        byte[] pointer;
        try
        {
            await abandonedPublications.AddMarkerAsync(folder, cancellationToken);
            var writer = new PublicationWriter(publications, formats, contract);
            (next, pointer) = await Tracing.RunAsync("write", () => writer.WriteAsync(draft, last, folder, cancellationToken));
        }
        catch (ConflictException)
        {
            // The prefix belongs to this attempt alone: the storage applied a write twice, and the content of the file is uncertain.
            return null;
        }

        // If this process was suspended for most of the grace period, another may have deleted its files.
        var etag = time.GetUtcNow() - started < AbandonedPublications.GracePeriod / 2
            ? await Tracing.RunAsync("commit", () => publications.ReplacePointerAsync(pointer, pointerETag, cancellationToken))
            : null;
        if (etag is null)
        {
            return null;
        }

        var published = next with { ETag = etag };
        current.SetCurrent(published);
        LogRejectedRows(draft.Rejected);
        return published;
    }

    private void LogRejectedRows(IEnumerable<RejectedRow> rows)
    {
        foreach (var row in rows)
        {
            var problems = string.Join(' ', row.Problems);
            if (row.EventNumber is { } number)
            {
                LogRejectedEvent(number, row.OfficeId, problems);
            }
            else
            {
                LogRejectedOffice(row.OfficeId, problems);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Refresh {Result}: revision {Revision}, {Changes} changes, {Rejected} rejected rows, {ElapsedMs} ms.")]
    private partial void LogRefresh(RefreshResult result, long? revision, int changes, int rejected, long elapsedMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Office {OfficeId} is invalid and keeps its last published value: {Problems}")]
    private partial void LogRejectedOffice(string officeId, string problems);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventNumber} of office {OfficeId} is invalid and keeps its last published value: {Problems}")]
    private partial void LogRejectedEvent(int eventNumber, string officeId, string problems);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is published: the register is empty, but revision {Revision} has {Offices} offices.")]
    private partial void LogRegisterLost(int? offices, long? revision);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of abandoned publications could not be deleted; the next refresh tries again.")]
    private partial void LogCleanupFailed(Exception exception);
}
