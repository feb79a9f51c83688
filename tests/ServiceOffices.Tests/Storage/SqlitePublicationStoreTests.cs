using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;

namespace ServiceOffices.Tests.Storage;

public sealed class SqlitePublicationStoreTests : PublicationStoreContract, IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 29, 0, 59, 50, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new(Start);

    protected override DateTimeOffset WrittenAt => Start;

    protected override IPublicationStore Open() => new SqlitePublicationStore(folder.Database, clock);

    // With a stopped clock the lease is never renewed, as after a process has ended.
    protected override Task AcquireLeaseAndCrashAsync() =>
        new SqlitePublicationStore(folder.Database, new FakeTimeProvider(Start)).TryAcquireLeaseAsync(CancellationToken.None);

    protected override Task WaitForLeaseExpiryAsync()
    {
        clock.Advance(SqlitePublicationStore.LeaseDuration);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lease_HeldPastDuration_IsRenewed()
    {
        await using var lease = await Open().TryAcquireLeaseAsync(TestContext.Current.CancellationToken);

        for (var tenSeconds = 1; tenSeconds <= 12; tenSeconds++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await WaitForRenewalAsync(clock.GetUtcNow() + SqlitePublicationStore.LeaseDuration);
            Assert.Null(await Open().TryAcquireLeaseAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Lease_LostToOther_IsNotReleasedByFirst()
    {
        FakeTimeProvider stopped = new(Start);
        var lost = await new SqlitePublicationStore(folder.Database, stopped).TryAcquireLeaseAsync(TestContext.Current.CancellationToken);
        clock.Advance(SqlitePublicationStore.LeaseDuration);
        await using var taken = await Open().TryAcquireLeaseAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(taken);

        await lost!.DisposeAsync();

        Assert.Null(await Open().TryAcquireLeaseAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits until the row shows the renewal, which runs in the background.</summary>
    private async Task WaitForRenewalAsync(DateTimeOffset expiry)
    {
        using var connection = folder.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT expires FROM lease";
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        while ((long)command.ExecuteScalar()! != expiry.ToUnixTimeMilliseconds())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public void Dispose() => folder.Dispose();
}
