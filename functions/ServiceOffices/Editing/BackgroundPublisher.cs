using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;

namespace ServiceOffices.Editing;

/// <summary>
/// Publishes in the background soon after an edit. Edits made during a publication are published together by the next one.
/// If that fails, the timer publishes within a minute.
/// </summary>
public sealed partial class BackgroundPublisher(RegisterRefresh refresh, TimeProvider time, ILogger<BackgroundPublisher> log) : IAsyncDisposable
{
    /// <summary>Delay during which edits are collected, so that a burst of edits causes few publications.</summary>
    public static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    // Retries while another instance publishes, which may have read the register before the edit.
    private const int MaxRetries = 60;

    private readonly CancellationTokenSource stop = new();
    private readonly Lock stateLock = new();
    private bool isRequested;
    private bool isRunning;

    /// <summary>The current run, or the last one.</summary>
    internal Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Requests a publication of the current register; returns at once.</summary>
    public void RequestPublish()
    {
        lock (stateLock)
        {
            isRequested = true;
            if (!isRunning && !stop.IsCancellationRequested)
            {
                isRunning = true;
                Running = Task.Run(RunAsync, CancellationToken.None);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var retries = 0;
            while (TryStartNext())
            {
                await Task.Delay(retries == 0 ? BatchDelay : RetryDelay, time, stop.Token);
                ClearRequest();
                var outcome = await refresh.RunAsync(stop.Token);
                if (outcome.Result is not (RefreshResult.Busy or RefreshResult.Conflict))
                {
                    retries = 0;
                }
                else if (++retries < MaxRetries)
                {
                    lock (stateLock)
                    {
                        isRequested = true;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host is stopping; the timer publishes after the next start.
            MarkStopped();
        }
        catch (Exception e)
        {
            // Nothing awaits the background run, so every exception ends here.
            LogFailed(e);
            MarkStopped();
        }
    }

    private void MarkStopped()
    {
        lock (stateLock)
        {
            isRunning = false;
        }
    }

    /// <summary>Continues if a publication is requested; otherwise ends the run under the same lock, so that no request is lost.</summary>
    private bool TryStartNext()
    {
        lock (stateLock)
        {
            return isRunning = isRequested;
        }
    }

    private void ClearRequest()
    {
        lock (stateLock)
        {
            isRequested = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Running;
        stop.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing after an edit failed; the timer will publish")]
    private partial void LogFailed(Exception exception);
}
