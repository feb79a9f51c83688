using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Publishing;

public sealed class StorageGuardTests
{
    // Other than the defaults, because they are settings.
    private static readonly StorageReadLimits Limits = new(TimeoutSeconds: 2, MaxFailures: 4, RetrySeconds: 7);

    private readonly FakeTimeProvider clock = new();
    private readonly StorageGuard guard;
    private int calls;

    public StorageGuardTests() => guard = new StorageGuard(clock, Limits);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<int> CallAsync(Exception? failure) => guard.RunAsync(
        _ =>
        {
            calls++;
            return failure is null ? Task.FromResult(1) : Task.FromException<int>(failure);
        },
        Cancel);

    private static StorageUnavailableException CreateFailure() => new("The storage does not answer.", new IOException());

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => CallAsync(CreateFailure()));
        }
    }

    [Fact]
    public async Task Call_NoAnswer_FailsAfterMaxWait()
    {
        var hanging = guard.RunAsync(_ => new TaskCompletionSource<int>().Task, Cancel);
        clock.Advance(Limits.Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(hanging.IsCompleted);

        clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => hanging);
    }

    [Fact]
    public async Task Call_CanceledByCaller_IsNoFailure()
    {
        using CancellationTokenSource caller = new();
        var hanging = guard.RunAsync(_ => new TaskCompletionSource<int>().Task, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Calls_RepeatedlyFailing_FailAtOnceUntilOneTriesAgain()
    {
        await FailAsync(Limits.MaxFailures);
        await FailAsync(2);
        Assert.Equal(Limits.MaxFailures, calls);

        clock.Advance(Limits.RetryInterval);
        await FailAsync(2);
        Assert.Equal(Limits.MaxFailures + 1, calls);

        clock.Advance(Limits.RetryInterval);
        Assert.Equal(1, await CallAsync(null));
        Assert.Equal(1, await CallAsync(null));
    }

    [Fact]
    public async Task Calls_SuccessBetweenFailures_AreAllMade()
    {
        await FailAsync(Limits.MaxFailures - 1);
        await CallAsync(null);
        await FailAsync(Limits.MaxFailures - 1);

        Assert.Equal(2 * Limits.MaxFailures - 1, calls);
    }

    // The storage answered: other files may be intact.
    [Fact]
    public async Task Calls_DamagedFiles_DoNotStopOthers()
    {
        for (var i = 0; i < 2 * Limits.MaxFailures; i++)
        {
            await Assert.ThrowsAsync<DamagedPublicationException>(() => CallAsync(new DamagedPublicationException("'a' is missing")));
        }

        Assert.Equal(2 * Limits.MaxFailures, calls);
    }
}
