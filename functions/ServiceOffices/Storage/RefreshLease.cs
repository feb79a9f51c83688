namespace ServiceOffices.Storage;

/// <summary>
/// A lease of limited duration that is renewed in the background until it is disposed. After a crash of its holder, it expires.
/// </summary>
public sealed class RefreshLease : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<bool>> renew;
    private readonly Func<Task> release;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task renewalTask;
    private int disposed;

    /// <param name="interval">Time between renewals; well below the duration of the lease.</param>
    /// <param name="renew">Returns false if the lease is lost.</param>
    /// <param name="release">Releases the lease; does nothing if it is lost.</param>
    internal RefreshLease(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task<bool>> renew, Func<Task> release)
    {
        this.renew = renew;
        this.release = release;
        renewalTask = RenewPeriodicallyAsync(interval, time);
    }

    /// <summary>
    /// Verifies in the storage that no other process has held the lease since it was acquired. If so, no other holder wrote
    /// what was read in the meantime.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer.</exception>
    public Task<bool> IsHeldAsync(CancellationToken cancellationToken) => renew(cancellationToken);

    private async Task RenewPeriodicallyAsync(TimeSpan interval, TimeProvider time)
    {
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token) && await TryRenewAsync())
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: there is nothing more to renew.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            return await renew(stopping.Token);
        }
        catch (StorageUnavailableException)
        {
            // The lease may outlast the outage: the next tick tries again. If it does not, replacing the pointer fails.
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync();
        try
        {
            await renewalTask;
        }
        finally
        {
            await TryReleaseAsync();
            stopping.Dispose();
        }
    }

    private async Task TryReleaseAsync()
    {
        try
        {
            await release();
        }
        catch (StorageUnavailableException)
        {
            // It expires by itself.
        }
    }
}
