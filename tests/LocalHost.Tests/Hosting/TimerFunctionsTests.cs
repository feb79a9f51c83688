using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.LocalHost.Hosting;

namespace ServiceOffices.LocalHost.Tests.Hosting;

public sealed class TimerFunctionsTests : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 29, 0, 59, 30, TimeSpan.Zero));
    private readonly Runs runs = new();
    private readonly ServiceProvider services;
    private readonly TimerFunctionService timers;

    public TimerFunctionsTests()
    {
        services = new ServiceCollection().AddSingleton(runs).BuildServiceProvider();
        timers = new TimerFunctionService(
            FunctionMethod.Discover([typeof(EachMinute)]),
            services.GetRequiredService<IServiceScopeFactory>(),
            time,
            NullLogger<TimerFunctionService>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        runs.Gate.TrySetResult();
        await timers.StopAsync(CancellationToken.None);
        timers.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Start_TimerFunction_RunsOnceBeforeListening()
    {
        runs.Gate.SetResult();

        await timers.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, runs.Finished);
    }

    [Fact]
    public async Task Start_HangingFunction_DelaysServerAtMostTenSeconds()
    {
        var start = timers.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => start.IsCompleted, TimeSpan.FromSeconds(1));

        await start;

        Assert.Equal(0, runs.Finished);
    }

    [Fact]
    public async Task Schedule_EveryMinute_RunsAtFullMinutes()
    {
        runs.Gate.SetResult();
        await timers.StartAsync(TestContext.Current.CancellationToken);

        await AdvanceUntilAsync(() => runs.Finished == 2, TimeSpan.FromSeconds(1));
        var second = time.GetUtcNow();
        await AdvanceUntilAsync(() => runs.Finished == 3, TimeSpan.FromSeconds(1));
        var third = time.GetUtcNow();

        // The clock may advance a few seconds until the run is observed.
        Assert.InRange(second, At(1, 0, 0), At(1, 0, 30));
        Assert.InRange(third, At(1, 1, 0), At(1, 1, 30));
    }

    [Fact]
    public async Task Schedule_StillRunning_IsNotStartedAgain()
    {
        var start = timers.StartAsync(TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(() => start.IsCompleted, TimeSpan.FromSeconds(1));

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, runs.Started);
    }

    [Fact]
    public async Task Function_Throws_RunsAtNextOccurrence()
    {
        runs.Gate.SetException(new InvalidOperationException("A test exception."));
        await timers.StartAsync(TestContext.Current.CancellationToken);

        await AdvanceUntilAsync(() => runs.Started == 2, TimeSpan.FromSeconds(1));

        Assert.Equal(2, runs.Started);
    }

    private static DateTimeOffset At(int hour, int minute, int second) => new(2026, 3, 29, hour, minute, second, TimeSpan.Zero);

    private async Task AdvanceUntilAsync(Func<bool> done, TimeSpan step)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!done())
        {
            await Task.Delay(5, timeout.Token);
            if (!done())
            {
                time.Advance(step);
            }
        }
    }

    public sealed class Runs
    {
        private int started;
        private int finished;

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Started => Volatile.Read(ref started);

        public int Finished => Volatile.Read(ref finished);

        public async Task RunAsync()
        {
            Interlocked.Increment(ref started);
            await Gate.Task;
            Interlocked.Increment(ref finished);
        }
    }

    public sealed class EachMinute(Runs runs)
    {
        [Function("EachMinute")]
        public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer) => timer.IsPastDue ? Task.CompletedTask : runs.RunAsync();
    }
}
