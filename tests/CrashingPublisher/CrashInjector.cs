using System.Diagnostics;

namespace CrashingPublisher;

/// <summary>Kills the process immediately after the n-th write.</summary>
/// <param name="lastWrite">0: before the first.</param>
internal sealed class CrashInjector(int lastWrite) : IDisposable
{
    // One write at a time, so that no later write has started after the n-th.
    private readonly SemaphoreSlim oneAtATime = new(1);
    private int writes;

    public async Task<T> RunWriteAsync<T>(Func<Task<T>> write)
    {
        await oneAtATime.WaitAsync();
        try
        {
            if (lastWrite == 0)
            {
                KillProcess();
            }

            var written = await write();
            if (++writes == lastWrite)
            {
                KillProcess();
            }

            return written;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public Task RunWriteAsync(Func<Task> write) => RunWriteAsync(async () =>
    {
        await write();
        return true;
    });

    public void Dispose() => oneAtATime.Dispose();

    private static void KillProcess()
    {
        // SIGKILL: no handler, finally block or flush runs.
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
