using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing;

/// <summary>
/// Limits the time that a request waits for the storage, and fails at once while a storage has repeatedly not answered (a circuit
/// breaker). Calls do not wait for each other.
/// </summary>
/// <param name="limits">Null for the default limits.</param>
public sealed class StorageGuard(TimeProvider time, StorageReadLimits? limits = null)
{
    private readonly StorageReadLimits limits = limits ?? new StorageReadLimits();
    private readonly Lock stateLock = new();
    private int failures;
    private long lastTrial;

    /// <exception cref="StorageUnavailableException">The storage does not answer in time, or did not answer the last calls.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!TryBegin())
        {
            const string Repeated = "The storage does not answer: the last calls failed.";
            throw new StorageUnavailableException(Repeated, new TimeoutException(Repeated));
        }

        using CancellationTokenSource deadline = new(limits.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // Waits for calls that ignore the token, too.
            var result = await call(either.Token).WaitAsync(either.Token);
            End(succeeded: true);
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            End(succeeded: false);
            throw new StorageUnavailableException("The storage does not answer: no answer in time.", e);
        }
        catch (StorageUnavailableException e)
        {
            End(succeeded: e is DamagedPublicationException);
            throw;
        }
    }

    private bool TryBegin()
    {
        lock (stateLock)
        {
            if (failures >= limits.MaxFailures && time.GetElapsedTime(lastTrial) < limits.RetryInterval)
            {
                return false;
            }

            lastTrial = time.GetTimestamp();
            return true;
        }
    }

    private void End(bool succeeded)
    {
        lock (stateLock)
        {
            failures = succeeded ? 0 : failures + 1;
            lastTrial = time.GetTimestamp();
        }
    }
}

/// <summary>The limits of a <see cref="StorageGuard"/>.</summary>
/// <param name="TimeoutSeconds">The maximum time of one call.</param>
/// <param name="MaxFailures">The number of failed calls in a row after which calls fail at once.</param>
/// <param name="RetrySeconds">The time for which calls fail at once, until one call tries again.</param>
public sealed record StorageReadLimits(int TimeoutSeconds = 3, int MaxFailures = 3, int RetrySeconds = 5)
{
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    public TimeSpan RetryInterval => TimeSpan.FromSeconds(RetrySeconds);
}

/// <summary>Reads files within the time limits of a <see cref="StorageGuard"/>.</summary>
/// <param name="guard">Null for no limits.</param>
internal sealed class GuardedReads(IFileStore store, StorageGuard? guard)
{
    // A connection that is too slow for this in the time limit is as good as none.
    private const int MaxChunkBytes = 1024 * 1024;

    /// <summary>Reads a file into memory; null if there is none.</summary>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (guard is null)
        {
            return await store.ReadAsync(path, cancellationToken);
        }

        await using var stream = await OpenAsync(path, 0, null, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        for (var start = 0; start < content.Length; start += MaxChunkBytes)
        {
            var chunk = content.AsMemory(start, Math.Min(MaxChunkBytes, content.Length - start));
            await guard.RunAsync(
                async cancel =>
                {
                    await stream.ReadExactlyAsync(chunk, cancel);
                    return true;
                },
                cancellationToken);
        }

        return content;
    }

    /// <summary>Reads the next bytes of an open file; 0 at its end.</summary>
    public ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) => guard is null
        ? stream.ReadAsync(buffer, cancellationToken)
        : new(guard.RunAsync(cancel => stream.ReadAsync(buffer, cancel).AsTask(), cancellationToken));

    /// <summary>Opens a range of a file; null if there is none.</summary>
    public Task<Stream?> OpenAsync(string path, long offset, long? length, CancellationToken cancellationToken) => guard is null
        ? store.OpenReadAsync(path, offset, length, cancellationToken)
        : guard.RunAsync(cancel => store.OpenReadAsync(path, offset, length, cancel), cancellationToken);
}
