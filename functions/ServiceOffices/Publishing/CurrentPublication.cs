using Microsoft.Extensions.Logging;
using ODataEngine.Formats;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// The publication that this process serves. Once one is loaded, no reader waits for the storage: a background check looks for
/// a newer one, and while the storage does not answer, the last one is served.
/// </summary>
/// <param name="maxAgeSeconds">The age of the last check after which the storage is checked again.</param>
/// <param name="formats">The formats of files that can be created again; null for none.</param>
/// <param name="keptExports">The number of latest revisions whose files for download are stored; null for all.</param>
public sealed partial class CurrentPublication(
    PublicationReader reader,
    TimeProvider time,
    ILogger<CurrentPublication> log,
    double maxAgeSeconds = 5,
    IReadOnlyList<ExportFormat>? formats = null,
    int? keptExports = null) : IDisposable
{
    // Each may be as large as the current one.
    private const int MaxCachedRevisions = 3;

    // Some tens of kB each.
    private const int MaxCachedManifests = 32;

    private readonly Lock replaceLock = new();
    private volatile Check lastCheck = new(null, 0, true, null, 0);
    private LoadedPublication? loaded;

    // Clients that page during a refresh all request the revision before it.
    private readonly BoundedCache<long, Publication> revisionCache = new("revisions", MaxCachedRevisions);
    private readonly BoundedCache<long, Manifest> manifestCache = new("manifests", MaxCachedManifests);

    // Loads of different revisions do not wait for each other, because each may wait for the storage.
    private readonly SharedLoads<long, Publication?> revisionLoads = new();
    private readonly SharedLoads<long, Manifest?> manifestLoads = new();
    private readonly SharedLoads<string, LoadedPublication?> checks = new();
    private readonly StorageGuard guard = reader.Guard ?? new StorageGuard(time);
    private int isChecking;

    /// <summary>Gets the current publication; null before the first.</summary>
    /// <exception cref="StorageUnavailableException">None is loaded yet, and the storage does not answer.</exception>
    public ValueTask<Publication?> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref loaded) is not { } known)
        {
            return new(LoadFirstAsync(cancellationToken));
        }

        if (time.GetElapsedTime(lastCheck.Timestamp).TotalSeconds > maxAgeSeconds && Interlocked.Exchange(ref isChecking, 1) == 0)
        {
            BackgroundCheck = Task.Run(CheckInBackgroundAsync, CancellationToken.None);
        }

        return new(known.Publication);
    }

    /// <summary>The last check of the storage in the background.</summary>
    internal Task BackgroundCheck { get; private set; } = Task.CompletedTask;

    public PublicationHealth Health
    {
        get
        {
            var check = lastCheck;
            return new PublicationHealth(check.At, check.Succeeded, check.Error, Volatile.Read(ref loaded)?.Publication.Revision);
        }
    }

    /// <summary>The files for download.</summary>
    public PublishedFiles Files => field ??= new PublishedFiles(reader.Store, this, formats ?? [], guard, log, keptExports);

    /// <summary>Gets the time since the storage last answered a check, if the last check failed; null if it succeeded.</summary>
    public TimeSpan? Age => lastCheck is { Succeeded: false, SucceededTimestamp: > 0 } check ? time.GetElapsedTime(check.SucceededTimestamp) : null;

    /// <summary>
    /// Gets the current publication if it is at least of a revision. Otherwise, another instance may have published that revision, so
    /// the storage is checked for it first.
    /// </summary>
    /// <returns>The newest publication, which is earlier if the revision does not exist; null before the first.</returns>
    /// <exception cref="StorageUnavailableException">The revision is later than the current one, and the storage does not answer.</exception>
    public async ValueTask<Publication?> GetAtLeastAsync(long revision, CancellationToken cancellationToken)
    {
        var known = await GetAsync(cancellationToken);
        return known is null || known.Revision >= revision
            ? known
            : (await guard.RunAsync(cancel => CheckAsync(revision, cancel), cancellationToken))?.Publication;
    }

    /// <summary>Gets the manifest of a revision; null if the revision does not exist.</summary>
    /// <exception cref="StorageUnavailableException">The manifest is not cached, and the storage does not answer.</exception>
    public async ValueTask<Manifest?> GetManifestAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAtLeastAsync(revision, cancellationToken);
        var known = Volatile.Read(ref loaded);
        if (known is null || known.Manifest.Revision == revision)
        {
            return known?.Manifest;
        }

        if (manifestCache.TryGet(revision, out var cached))
        {
            return cached;
        }

        return await manifestLoads.RunAsync(
            revision,
            async () =>
            {
                var manifest = await reader.LoadManifestAsync(known, revision, CancellationToken.None);
                if (manifest is not null)
                {
                    manifestCache.Add(revision, manifest);
                }

                return manifest;
            },
            cancellationToken);
    }

    /// <summary>Reads the bytes of the manifest of a revision; null if the revision does not exist.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<byte[]?> ReadManifestBytesAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAtLeastAsync(revision, cancellationToken);
        return Volatile.Read(ref loaded) is { } known ? await reader.ReadManifestBytesAsync(known, revision, cancellationToken) : null;
    }

    /// <summary>
    /// Gets the publication of a revision; null if the revision does not exist. A revision later than the current one may have
    /// been published by another instance, so the storage is checked for it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The publication is not cached, and the storage does not answer.</exception>
    public async ValueTask<Publication?> GetRevisionAsync(long revision, CancellationToken cancellationToken)
    {
        var latest = await GetAtLeastAsync(revision, cancellationToken);
        if (latest is null || latest.Revision <= revision)
        {
            return latest?.Revision == revision ? latest : null;
        }

        if (revisionCache.TryGet(revision, out var cached))
        {
            return cached;
        }

        return await revisionLoads.RunAsync(
            revision,
            async () =>
            {
                var publication = await reader.LoadRevisionAsync(Volatile.Read(ref loaded)!, revision, CancellationToken.None);
                if (publication is not null)
                {
                    revisionCache.Add(revision, publication);
                }

                return publication;
            },
            cancellationToken);
    }

    /// <summary>Loads the latest publication from the storage now; null before the first.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<LoadedPublication?> LoadLatestAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref loaded);
        try
        {
            var latest = await reader.LoadAsync(known, cancellationToken);
            lastCheck = new Check(time.GetUtcNow(), time.GetTimestamp(), true, null, time.GetTimestamp());
            SetIfNewer(latest, known);
            if (latest is not null)
            {
                Metrics.RecordPublicationAge(time.GetUtcNow() - latest.Publication.At);
            }

            return latest;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Record every failure, so that the next check is not made before the interval has passed. Only the log shows unexpected errors.
            var error = e is StorageUnavailableException ? e.Message : "The publication cannot be read.";
            lastCheck = new Check(time.GetUtcNow(), time.GetTimestamp(), false, error, lastCheck.SucceededTimestamp);
            throw;
        }
    }

    /// <summary>Finds the newest complete publication in the storage without the pointer; null before the first.</summary>
    /// <param name="description">The damage that makes this necessary.</param>
    /// <inheritdoc cref="PublicationReader.RecoverAsync" path="/exception"/>
    internal Task<LoadedPublication?> RecoverAsync(string description, string? pointerETag, CancellationToken cancellationToken) =>
        reader.RecoverAsync(description, pointerETag, null, Volatile.Read(ref loaded), cancellationToken);

    /// <summary>Replaces the current publication with the one that this process has just published.</summary>
    public void SetCurrent(LoadedPublication publication)
    {
        lock (replaceLock)
        {
            Replace(publication);
        }
    }

    /// <summary>Replaces the current publication, unless a later one was set in the meantime.</summary>
    private void SetIfNewer(LoadedPublication? latest, LoadedPublication? known)
    {
        lock (replaceLock)
        {
            if (latest is not null && (ReferenceEquals(loaded, known) || latest.Publication.Revision > loaded!.Publication.Revision))
            {
                Replace(latest);
            }
        }
    }

    // Clients that poll for changes request the previous revision immediately.
    private void Replace(LoadedPublication next)
    {
        if (loaded is { } before && before.Publication.Revision < next.Publication.Revision)
        {
            revisionCache.Add(before.Publication.Revision, before.Publication);
        }

        Volatile.Write(ref loaded, next);
    }

    public void Dispose()
    {
        revisionCache.Dispose();
        manifestCache.Dispose();
    }

    private async Task<Publication?> LoadFirstAsync(CancellationToken cancellationToken) => (await checks.RunAsync(
        "first",
        async () =>
        {
            if (Volatile.Read(ref loaded) is { } known)
            {
                return known;
            }

            var latest = await LoadLatestAsync(CancellationToken.None);
            MemoryTrimmer.Compact();
            return latest;
        },
        cancellationToken))?.Publication;

    /// <summary>Checks the storage for a revision now. Concurrent callers share a check.</summary>
    private async Task<LoadedPublication?> CheckAsync(long revision, CancellationToken cancellationToken)
    {
        var latest = await CheckAsync(cancellationToken);

        // A check that was running when this request arrived may have read the pointer before the revision was published.
        return latest?.Publication.Revision >= revision ? latest : await CheckAsync(cancellationToken);
    }

    private Task<LoadedPublication?> CheckAsync(CancellationToken cancellationToken) =>
        checks.RunAsync("current", () => LoadLatestAsync(CancellationToken.None), cancellationToken);

    private async Task CheckInBackgroundAsync()
    {
        try
        {
            await LoadLatestAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // No one awaits this task.
            LogServingStaleRevision(e, Volatile.Read(ref loaded)?.Publication.Revision);
        }
        finally
        {
            Volatile.Write(ref isChecking, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Serving stale revision {Revision}: the current publication could not be read.")]
    private partial void LogServingStaleRevision(Exception exception, long? revision);

    /// <summary>The result of the last check of the storage.</summary>
    /// <param name="SucceededTimestamp">The timestamp of the last check that succeeded; 0 before the first.</param>
    private sealed record Check(DateTimeOffset? At, long Timestamp, bool Succeeded, string? Error, long SucceededTimestamp);
}
