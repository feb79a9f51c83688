using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Storage;

public abstract partial class PublicationStoreContract
{
    [Fact]
    public async Task TryLease_HeldByOther_IsNullUntilReleased()
    {
        var first = await Open().TryAcquireLeaseAsync(Now);
        Assert.NotNull(first);

        Assert.Null(await Open().TryAcquireLeaseAsync(Now));
        await first.DisposeAsync();
        await first.DisposeAsync();

        await using var second = await Open().TryAcquireLeaseAsync(Now);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task TryLease_Concurrently_ExactlyOneSucceeds()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open().TryAcquireLeaseAsync(Now))));

        await Assert.Single(leases, lease => lease is not null)!.DisposeAsync();
    }

    [Fact]
    public async Task TryLease_HolderCrashed_IsFreeAfterExpiry()
    {
        await AcquireLeaseAndCrashAsync();
        Assert.Null(await Open().TryAcquireLeaseAsync(Now));

        await WaitForLeaseExpiryAsync();

        await using var lease = await Open().TryAcquireLeaseAsync(Now);
        Assert.NotNull(lease);
    }

    [Fact]
    public async Task TryLease_Held_DoesNotBlockReadersAndWriters()
    {
        await using var lease = await Open().TryAcquireLeaseAsync(Now);

        await Open().WriteAsync("a", Bytes("x"), "text/plain", Now);
        Assert.NotNull(await Open().ReplacePointerAsync(Bytes("x"), null, Now));
        Assert.Equal(Bytes("x"), await Open().ReadAsync("a", Now));
    }
}
