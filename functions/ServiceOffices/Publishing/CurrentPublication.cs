using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// The publication that this process serves. Once one is loaded, no reader waits for the storage: a background check looks for
/// a newer one, and while the storage does not answer, the last one is served.
/// </summary>
/// <param name="maxAgeSeconds">The age of the last check after which the storage is checked again.</param>
public sealed partial class CurrentPublication(
    PublicationReader reader, TimeProvider time, ILogger<CurrentPublication> log, double maxAgeSeconds = 5) : IDisposable
{
    // Each may be as large as the current one.
    private const int MaxCachedRevisions = 3;

    // Some tens of kB each.
    private const int MaxCachedManifests = 32;

    // A client that has seen a later revision on another instance triggers a check here, but not at every request.
    private static readonly TimeSpan MinRecheckInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim firstLoadLock = new(1);
    private readonly Lock replaceLock = new();
    private volatile Check lastCheck = new(null, 0, true, null);
    private LoadedPublication? loaded;

    // Clients that page during a refresh all request the revision before it.
    private readonly BoundedCache<long, Publication> revisionCache = new("revisions", MaxCachedRevisions);
    private readonly BoundedCache<long, Manifest> manifestCache = new("manifests", MaxCachedManifests);
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

    /// <summary>Reads a published file into memory.</summary>
    /// <param name="encoding">A content coding of <see cref="PublishedFile.Encodings"/>, or null for the file itself.</param>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or has lost the file.</exception>
    public async Task<byte[]> ReadFileAsync(PublishedFile file, string? encoding, CancellationToken cancellationToken) =>
        await reader.ReadFileAsync(file, encoding, cancellationToken) ?? throw CreateMissingFileException(file);

    /// <summary>Opens a range of a published file in no coding; the caller disposes the stream.</summary>
    /// <param name="length">The number of bytes, at least 1.</param>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or has lost the file.</exception>
    public async ValueTask<Stream> OpenFileAsync(PublishedFile file, long offset, long length, CancellationToken cancellationToken) =>
        await reader.OpenFileAsync(file, offset, length, cancellationToken) ?? throw CreateMissingFileException(file);

    private static StorageUnavailableException CreateMissingFileException(PublishedFile file) =>
        new($"'{file.Name}' of revision {file.Revision} is missing.", new FileNotFoundException(null, file.Name));

    /// <summary>Gets the manifest of a revision; null if the revision does not exist.</summary>
    /// <exception cref="StorageUnavailableException">The manifest is not cached, and the storage does not answer.</exception>
    public async ValueTask<Manifest?> GetManifestAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        var known = Volatile.Read(ref loaded);
        return known is null || known.Manifest.Revision == revision
            ? known?.Manifest
            : await manifestCache.GetOrCreateAsync(revision, cancel => reader.LoadManifestAsync(known, revision, cancel), cancellationToken);
    }

    /// <summary>Reads the bytes of the manifest of a revision; null if the revision does not exist.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<byte[]?> ReadManifestBytesAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        return Volatile.Read(ref loaded) is { } known ? await reader.ReadManifestBytesAsync(known, revision, cancellationToken) : null;
    }

    /// <summary>
    /// Gets the publication of a revision; null if the revision does not exist. A revision later than the current one may have
    /// been published by another instance, so the storage is checked for it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The publication is not cached, and the storage does not answer.</exception>
    public async ValueTask<Publication?> GetRevisionAsync(long revision, CancellationToken cancellationToken)
    {
        var latest = await GetAsync(cancellationToken);
        if (latest?.Revision < revision && time.GetElapsedTime(lastCheck.Timestamp) > MinRecheckInterval)
        {
            latest = (await LoadLatestAsync(cancellationToken))?.Publication;
        }

        if (latest is null || latest.Revision <= revision)
        {
            return latest?.Revision == revision ? latest : null;
        }

        return await revisionCache.GetOrCreateAsync(
            revision, cancel => reader.LoadRevisionAsync(Volatile.Read(ref loaded)!, revision, cancel), cancellationToken);
    }

    /// <summary>Loads the latest publication from the storage now; null before the first.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<LoadedPublication?> LoadLatestAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref loaded);
        try
        {
            var latest = await reader.LoadAsync(known, cancellationToken);
            lastCheck = new Check(time.GetUtcNow(), time.GetTimestamp(), true, null);
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
            lastCheck = new Check(time.GetUtcNow(), time.GetTimestamp(), false, error);
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
        firstLoadLock.Dispose();
        revisionCache.Dispose();
        manifestCache.Dispose();
    }

    private async Task<Publication?> LoadFirstAsync(CancellationToken cancellationToken)
    {
        await firstLoadLock.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref loaded) is { } known)
            {
                return known.Publication;
            }

            var latest = await LoadLatestAsync(cancellationToken);
            MemoryTrimmer.Compact();
            return latest?.Publication;
        }
        finally
        {
            firstLoadLock.Release();
        }
    }

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
    private sealed record Check(DateTimeOffset? At, long Timestamp, bool Succeeded, string? Error);
}
