using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Tests the times of publications by instances whose clocks differ.</summary>
public sealed class PublicationTimeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private int edits;

    [Fact]
    public async Task Refresh_LastPublicationUpToAnHourAhead_AddsOneSecond()
    {
        var ahead = Now + Publisher.MaxTimeAhead - TimeSpan.FromSeconds(1);
        await EditAndPublishAsync(ahead);

        Assert.Equal(ahead.AddSeconds(1), await EditAndPublishAsync(Now));
        Assert.Equal(ahead.AddSeconds(2), await EditAndPublishAsync(Now.AddSeconds(2)));
    }

    [Fact]
    public async Task Refresh_LastPublicationFarAhead_ReturnsToTheClock()
    {
        await EditAndPublishAsync(Now.AddYears(100));

        Assert.Equal(Now, await EditAndPublishAsync(Now));
        Assert.Equal(Now.AddSeconds(1), await EditAndPublishAsync(Now));
        Assert.Equal(Now.AddMinutes(1), await EditAndPublishAsync(Now.AddMinutes(1)));
    }

    /// <summary>Publishes an edit as a new instance with this clock.</summary>
    private async Task<DateTimeOffset> EditAndPublishAsync(DateTimeOffset clock)
    {
        FakeTimeProvider time = new(clock);
        using PublishingHarness harness = new(new SqliteRegisterStore(folder.Database), new SqlitePublicationStore(folder.Database, time), time);
        await harness.PutAsync(SampleEntries.Create("a").With(office => office with { Name = $"Edit {++edits}" }));
        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync()).Result);
        return (await harness.LoadLatestAsync()).Publication.At;
    }

    public void Dispose() => folder.Dispose();
}
