using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.LocalHost.Tests.EndToEnd;

/// <summary>Tests that edits are published automatically on every storage.</summary>
internal static class EditPublicationAssert
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Renames an office in the storage and calls <paramref name="tick"/> until there is a second revision.</summary>
    public static async Task AssertEditIsPublishedAsync(RunningHost host, Func<Task> tick)
    {
        var before = await host.GetBytesAsync("/downloads/1/offices.csv");
        var register = host.Services.GetRequiredService<IRegisterStore>();
        var stored = await register.ReadAsync("storuman", Now) ?? throw new InvalidOperationException("The seed register has no office storuman.");
        var renamed = stored.Entry with { Office = stored.Entry.Office with { Name = "Servicekontor Storuman, \"nya\" <b>" } };
        await register.WriteAsync(renamed, stored.ETag, Now);

        await tick();

        Assert.Contains("\"revision\":2", await host.GetAsync("/health/ready"), StringComparison.Ordinal);
        Assert.Contains("\\\"nya\\\"", await host.GetAsync("/odata/v1/offices('storuman')"), StringComparison.Ordinal);
        Assert.Contains("Storuman, \"\"nya\"\" <b>", await host.GetAsync("/downloads/offices.csv"), StringComparison.Ordinal);
        Assert.Contains("/2/", await host.GetAsync("/odata/v1/publications(2)"), StringComparison.Ordinal);
        Assert.Equal(before, await host.GetBytesAsync("/downloads/1/offices.csv"));
        using var feed = await host.SendAsync("GET", "/feeds/changes.atom");
        Assert.Equal("2", feed.Headers.GetValues("Publication-Revision").Single());
        Assert.Contains("&lt;b&gt;", await feed.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }
}

/// <summary>Tests an edit on a running host: public immediately after a refresh by the editor, within a minute by the timer.</summary>
public sealed class EditPublicationTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

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
            using var timeout = new CancellationTokenSource(Timeout);
            while (!(await host.GetAsync("/health/ready")).Contains("\"revision\":2", StringComparison.Ordinal))
                await Task.Delay(50, timeout.Token);
        });
    }

    private sealed class AzureHost(string connectionString, TimeProvider time) : RunningHost(
        [$"--Storage:ConnectionString={connectionString}", "--Register:LoadStartingData=true"], time);
}
