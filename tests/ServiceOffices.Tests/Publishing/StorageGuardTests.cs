using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Publishing;

public sealed class StorageGuardTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly StorageGuard guard;
    private int calls;

    public StorageGuardTests() => guard = new StorageGuard(clock);

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
        clock.Advance(StorageGuard.MaxWait - TimeSpan.FromMilliseconds(1));
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
        await FailAsync(StorageGuard.MaxFailures);
        await FailAsync(2);
        Assert.Equal(StorageGuard.MaxFailures, calls);

        clock.Advance(StorageGuard.RetryInterval);
        await FailAsync(2);
        Assert.Equal(StorageGuard.MaxFailures + 1, calls);

        clock.Advance(StorageGuard.RetryInterval);
        Assert.Equal(1, await CallAsync(null));
        Assert.Equal(1, await CallAsync(null));
    }

    [Fact]
    public async Task Calls_SuccessBetweenFailures_AreAllMade()
    {
        await FailAsync(StorageGuard.MaxFailures - 1);
        await CallAsync(null);
        await FailAsync(StorageGuard.MaxFailures - 1);

        Assert.Equal(2 * StorageGuard.MaxFailures - 1, calls);
    }

    // The storage answered: other files may be intact.
    [Fact]
    public async Task Calls_DamagedFiles_DoNotStopOthers()
    {
        for (var i = 0; i < 2 * StorageGuard.MaxFailures; i++)
        {
            await Assert.ThrowsAsync<DamagedPublicationException>(() => CallAsync(new DamagedPublicationException("'a' is missing")));
        }

        Assert.Equal(2 * StorageGuard.MaxFailures, calls);
    }
}
