namespace ServiceOffices.Storage;

/// <summary>
/// A lease of limited time that is renewed in the background until disposed. Where its holder dies, nobody renews it
/// and it runs out by itself.
/// </summary>
public sealed class RefreshLease : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<bool>> renew;
    private readonly Func<Task> release;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task renewalTask;
    private int disposed;

    /// <param name="interval">Time between renewals; well below the lease's own.</param>
    /// <param name="renew">False where the lease is lost.</param>
    /// <param name="release">Gives the lease back; does nothing where it is lost.</param>
    internal RefreshLease(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task<bool>> renew, Func<Task> release)
    {
        this.renew = renew;
        this.release = release;
        renewalTask = RenewPeriodicallyAsync(interval, time);
    }

    /// <summary>
    /// Asks the storage whether nobody else has held the lease since it was taken: where this is so, whatever was read
    /// meanwhile was written by no other holder.
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
            // Disposed: nothing more to renew.
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
            // The lease may outlive the pause: the next tick tries again. Where it does not, a replaced pointer tells.
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
        await renewalTask;
        try
        {
            await release();
        }
        catch (StorageUnavailableException)
        {
            // It runs out by itself.
        }

        stopping.Dispose();
    }
}
