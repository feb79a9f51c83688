using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.LocalHost;

/// <summary>That an edit becomes public by itself, the same on every storage.</summary>
internal static class EditPublicationAssert
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Renames an office in the storage and lets <paramref name="tick"/> time pass until there is a second revision.</summary>
    public static async Task AssertEditIsPublishedAsync(RunningHost host, Func<Task> tick)
    {
        var before = await host.GetBytesAsync("/downloads/1/offices.csv");
        var register = host.Services.GetRequiredService<IRegisterStore>();
        var stored = await register.ReadAsync("storuman", Now) ?? throw new InvalidOperationException("The starting register has an office storuman.");
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
