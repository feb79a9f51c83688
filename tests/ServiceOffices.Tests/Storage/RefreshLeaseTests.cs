using Azure;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Storage.AzureStorage;

namespace ServiceOffices.Tests.Storage;

public sealed class RefreshLeaseTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Dispose_RenewalIsCancelledAfterFailedAttempt_ReleasesLease()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource renewing = new();
        var released = 0;
        RefreshLease lease = new(
            Interval,
            time,
            token => AzureCall.RunAsync<bool>(
                async () =>
                {
                    renewing.SetResult();
                    await Task.WhenAny(Task.Delay(Timeout.Infinite, token));
                    // What the SDK throws if the token is cancelled while it waits for its next attempt.
                    throw new AggregateException(new RequestFailedException(503, "busy"), new TaskCanceledException());
                },
                token),
            () =>
            {
                released++;
                return Task.CompletedTask;
            });
        time.Advance(Interval);
        await renewing.Task;

        await lease.DisposeAsync();

        Assert.Equal(1, released);
    }

    [Fact]
    public async Task Dispose_StorageUnavailable_DoesNotThrow()
    {
        var lease = new RefreshLease(
            Interval, new FakeTimeProvider(), _ => Task.FromResult(true),
            () => throw new StorageUnavailableException("The storage does not answer.", new IOException()));

        await lease.DisposeAsync();
    }
}
