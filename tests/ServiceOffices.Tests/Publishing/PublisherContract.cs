using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Data;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Publishing;

/// <summary>What the publisher does on every kind of store.</summary>
public abstract class PublisherContract
{
    protected static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Clock { get; } = new(Start);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IRegisterStore OpenRegister();

    protected abstract IPublicationStore OpenPublications();

    internal Desk OpenDesk() => new(OpenRegister(), OpenPublications(), Clock);

    private static RegisterEntry Starting(string id) => StartingData.Entries.Single(entry => entry.Office.Id == id);

    [Fact]
    public async Task Refresh_Twice_PublishesOnceAndThenWritesNothing()
    {
        using var desk = OpenDesk();
        await desk.PutAsync(Starting("storuman"));
        await desk.PutAsync(Starting("varnhem"));

        var first = await desk.RefreshAsync();
        var written = await desk.EverythingAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await desk.RefreshAsync();
        using var another = OpenDesk();
        var third = await another.RefreshAsync();

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 1, 2, 0), first);
        Assert.Equal(new RefreshOutcome(RefreshResult.NothingNew, 1, 0, 0), second);
        Assert.Equal(second, third);
        Assert.Equal(written, await desk.EverythingAsync());
    }
}
