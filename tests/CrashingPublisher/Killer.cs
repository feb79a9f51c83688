using System.Diagnostics;

namespace CrashingPublisher;

/// <summary>Ends the process, without any goodbye, as soon as the n-th write is done.</summary>
/// <param name="lastWrite">0: before the first.</param>
internal sealed class Killer(int lastWrite) : IDisposable
{
    // One write at a time: whatever the n-th is, no later one has begun.
    private readonly SemaphoreSlim oneAtATime = new(1);
    private int writes;

    public async Task<T> CountAsync<T>(Func<Task<T>> write)
    {
        await oneAtATime.WaitAsync();
        try
        {
            if (lastWrite == 0)
            {
                Die();
            }

            var written = await write();
            if (++writes == lastWrite)
            {
                Die();
            }

            return written;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public Task CountAsync(Func<Task> write) => CountAsync(async () =>
    {
        await write();
        return true;
    });

    public void Dispose() => oneAtATime.Dispose();

    private static void Die()
    {
        // SIGKILL: no handler, no finally, no flush.
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
