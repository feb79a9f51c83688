using NCrontab;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>
/// Runs timer functions: each once at the start, then by its NCRONTAB schedule in UTC. A function never overlaps itself;
/// times that pass while it runs are left out.
/// </summary>
/// <remarks>
/// The server listens after the first runs, so that the first request meets a published register, but no later than
/// after <see cref="FirstRunTimeoutSeconds"/>: a storage that does not answer must not keep the probes from answering.
/// </remarks>
internal sealed partial class TimerFunctionService(
    IReadOnlyList<FunctionMethod> functions, IServiceScopeFactory scopes, TimeProvider time, ILogger<TimerFunctionService> logger) : IHostedService, IDisposable
{
    public const int FirstRunTimeoutSeconds = 10;

    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> loops = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var firstRuns = new List<Task>();
        foreach (var function in functions)
        {
            var schedule = CrontabSchedule.Parse(function.Timer!.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
            var firstRun = RunAsync(function);
            firstRuns.Add(firstRun);
            loops.Add(LoopAsync(function, schedule, firstRun));
        }

        try
        {
            await Task.WhenAll(firstRuns).WaitAsync(TimeSpan.FromSeconds(FirstRunTimeoutSeconds), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogSlowStart(FirstRunTimeoutSeconds);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(loops).WaitAsync(cancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    private async Task LoopAsync(FunctionMethod function, CrontabSchedule schedule, Task firstRun)
    {
        await firstRun;
        var nextRun = time.GetUtcNow().UtcDateTime;
        while (!stopping.IsCancellationRequested)
        {
            // A timer may fire a little before its time by the clock: the same time must not come due twice.
            var now = time.GetUtcNow().UtcDateTime;
            nextRun = schedule.GetNextOccurrence(now > nextRun ? now : nextRun);
            await Task.Delay(nextRun - now, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stopping.IsCancellationRequested)
            {
                await RunAsync(function);
            }
        }
    }

    private async Task RunAsync(FunctionMethod function)
    {
        // Off the caller's thread: a function that works before it first awaits must not hold up the start of the others.
        await Task.Yield();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await function.InvokeAsync(scope.ServiceProvider, new TimerInfo(), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops; the function left its work to a next start.
        }
        catch (Exception exception)
        {
            LogFailure(exception, function.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Timer functions are still in their first run after {Seconds} s; the server starts now")]
    private partial void LogSlowStart(int seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed; it runs again at its next time")]
    private partial void LogFailure(Exception exception, string function);
}
