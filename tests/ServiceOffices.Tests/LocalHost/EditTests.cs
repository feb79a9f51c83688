using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Tests.Fixtures;

namespace ServiceOffices.Tests.LocalHost;

/// <summary>An edit on a running host: public at once by the editor's refresh, within a minute by the timer.</summary>
public sealed class EditPublicationTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Edit_OnSqliteThenRefresh_IsPublished()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();

        await EditPublicationAssert.AssertEditIsPublishedAsync(host, async () =>
            Assert.Equal("""{"revision":2,"changed":true,"changes":1,"rejected":0}""", await host.RefreshAsync()));
    }

    [Fact]
    public async Task Edit_OnAzuriteWithoutRefresh_IsPublishedWithinOneTimerTick()
    {
        Assert.SkipUnless(azurite.IsAvailable, azurite.SkipReason);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = new AzureHost(azurite.ConnectionString, clock);
        await host.InitializeAsync();

        await EditPublicationAssert.AssertEditIsPublishedAsync(host, async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            using var patience = new CancellationTokenSource(Patience);
            while (!(await host.GetAsync("/health/ready")).Contains("\"revision\":2", StringComparison.Ordinal))
                await Task.Delay(50, patience.Token);
        });
    }

    private sealed class AzureHost(string connectionString, TimeProvider time) : RunningHost(
        [$"--Storage:ConnectionString={connectionString}", "--Register:LoadStartingData=true"], time);
}
