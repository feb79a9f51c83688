using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Seed;

namespace ServiceOffices.Editing;

/// <summary>
/// Publishes soon after an edit, in the background: edits that come while one publication is made are published together
/// by the next. Whatever is left undone, the timer does within a minute.
/// </summary>
public sealed partial class BackgroundPublisher(RegisterRefresh refresh, TimeProvider time, ILogger<BackgroundPublisher> log) : IAsyncDisposable
{
    /// <summary>How long edits are gathered: a burst becomes few publications, and nobody notices the wait.</summary>
    public static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    // While another instance publishes, which may have read the register before the edit.
    private const int MaxRetries = 60;

    private readonly CancellationTokenSource stop = new();
    private readonly Lock stateLock = new();
    private bool isRequested;
    private bool isRunning;

    /// <summary>The work under way, or the last.</summary>
    internal Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Asks for a publication of what the register holds now; returns at once.</summary>
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
            // The host stops; the timer of the next start goes on.
            MarkStopped();
        }
        catch (Exception e)
        {
            // The boundary of the background: nobody awaits this.
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

    /// <summary>Ends the run in the same breath in which it finds nothing more to do, so that no request falls between.</summary>
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was edited could not be published at once; the timer does it")]
    private partial void LogFailed(Exception exception);
}
