using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;
using ServiceOffices.Telemetry;

namespace ServiceOffices.Publishing;

/// <summary>
/// The publication that this process answers from. Once there is one, no reader ever waits for the storage: it is asked
/// in the background whether there is a newer one, and where it does not answer the last one goes on being served.
/// </summary>
/// <param name="maxAgeSeconds">How old the storage's last answer may be before it is asked again.</param>
public sealed partial class CurrentPublication(
    PublicationReader reader, TimeProvider time, ILogger<CurrentPublication> log, double maxAgeSeconds = 5) : IDisposable
{
    // Each may be as large as the current one.
    private const int MaxCachedRevisions = 3;

    // Some tens of kB each.
    private const int MaxCachedManifests = 32;

    // A client that another instance told of a later revision makes this one look, but not at every request.
    private static readonly TimeSpan MinRecheckInterval = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim firstLoadLock = new(1);
    private readonly Lock replaceLock = new();
    private volatile Check lastCheck = new(null, 0, true, null);
    private LoadedPublication? loaded;

    // Readers who page through a refresh all ask for the revision before it.
    private readonly RecentlyUsedCache<long, Publication> revisionCache = new("revisions", MaxCachedRevisions);
    private readonly RecentlyUsedCache<long, Manifest> manifestCache = new("manifests", MaxCachedManifests);
    private int isChecking;

    /// <summary>The publication, or null where none was ever made.</summary>
    /// <exception cref="StorageUnavailableException">There is none yet in this process, and the storage does not answer.</exception>
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

    /// <summary>The last question to the storage that no reader waits for.</summary>
    internal Task BackgroundCheck { get; private set; } = Task.CompletedTask;

    public PublicationHealth Health
    {
        get
        {
            var check = lastCheck;
            return new PublicationHealth(check.At, check.Succeeded, check.Error, Volatile.Read(ref loaded)?.Publication.Revision);
        }
    }

    /// <summary>The bytes of a published file.</summary>
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

    /// <summary>What a revision consists of, or null where there is none of that number.</summary>
    /// <exception cref="StorageUnavailableException">It must be read, and the storage does not answer.</exception>
    public async ValueTask<Manifest?> GetManifestAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        var known = Volatile.Read(ref loaded);
        return known is null || known.Manifest.Revision == revision
            ? known?.Manifest
            : await manifestCache.GetOrCreateAsync(revision, cancel => reader.LoadManifestAsync(known, revision, cancel), cancellationToken);
    }

    /// <summary>The manifest of any revision as it was written, or null where there is none of that number.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public async Task<byte[]?> ReadManifestBytesAsync(long revision, CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        return Volatile.Read(ref loaded) is { } known ? await reader.ReadManifestBytesAsync(known, revision, cancellationToken) : null;
    }

    /// <summary>
    /// The publication as it was at a revision, or null where there is none of that number. A revision that is later than
    /// the one that is known here may come from another instance: the storage is asked for it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It must be read, and the storage does not answer.</exception>
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

    /// <summary>Asks the storage now and waits for its answer.</summary>
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
            // Whatever it was, it is not asked again at once by everybody; what nobody foresaw is told to the log alone.
            var error = e is StorageUnavailableException ? e.Message : "The publication cannot be read.";
            lastCheck = new Check(time.GetUtcNow(), time.GetTimestamp(), false, error);
            throw;
        }
    }

    /// <summary>Serves from now on what this process has just published.</summary>
    public void SetCurrent(LoadedPublication publication)
    {
        lock (replaceLock)
        {
            Replace(publication);
        }
    }

    /// <summary>Where another was set while we waited, the later one stays.</summary>
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

    // Those who poll for what changed ask for the one before at once.
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
            // The boundary of the background: nobody awaits this.
            LogServingStaleRevision(e, Volatile.Read(ref loaded)?.Publication.Revision);
        }
        finally
        {
            Volatile.Write(ref isChecking, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The current publication could not be read; revision {Revision} goes on being served")]
    private partial void LogServingStaleRevision(Exception exception, long? revision);

    /// <summary>The storage's last answer, or that there was none.</summary>
    private sealed record Check(DateTimeOffset? At, long Timestamp, bool Succeeded, string? Error);
}
