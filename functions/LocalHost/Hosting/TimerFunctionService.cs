using NCrontab;

namespace ServiceOffices.LocalHost.Hosting;

/// <summary>
/// Runs each timer function once at the start and then by its NCRONTAB schedule in UTC. Runs of a function do not overlap; occurrences
/// during a run are skipped.
/// </summary>
/// <remarks>
/// The server starts to listen after the first runs, so that the register is published before the first request, but after
/// <see cref="FirstRunTimeoutSeconds"/> at the latest: the health probes must respond even if the storage does not.
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
            // A timer may fire slightly early by the clock; the same occurrence must not run twice.
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
        // Yields first: synchronous work of a function must not delay the start of the others.
        await Task.Yield();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await function.InvokeAsync(scope.ServiceProvider, new TimerInfo(), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host is stopping; the function continues at the next start.
        }
        catch (Exception exception)
        {
            LogFailure(exception, function.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The first runs of the timer functions take longer than {Seconds} s; starting the server")]
    private partial void LogSlowStart(int seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed; it runs again at its next scheduled time")]
    private partial void LogFailure(Exception exception, string function);
}
