using ServiceOffices.Seed;

namespace ServiceOffices.FunctionApp.Triggers;

/// <summary>Declares every timer function.</summary>
public sealed class TimerTriggers(RegisterRefresh refresh)
{
    // Every minute. The schedule is a literal, because the Functions host refuses to load a function whose %setting% is missing.
    [Function("Refresh")] public Task RefreshAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => refresh.RunAsync(cancellationToken);
}
