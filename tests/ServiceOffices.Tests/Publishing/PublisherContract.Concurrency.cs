using Microsoft.Extensions.Time.Testing;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public abstract partial class PublisherContract
{
    [Fact]
    public async Task Refresh_LeaseHeld_IsBusyAndWritesNothing()
    {
        using var harness = OpenHarness();
        await harness.RefreshAsync();
        await harness.PutAsync(SampleEntries.Create("a"));
        var before = await harness.SnapshotStoreAsync();

        await using (await OpenPublications(clock).TryAcquireLeaseAsync(Cancel))
        {
            Assert.Equal(new RefreshOutcome(RefreshResult.Busy, 1, 0, 0), await harness.RefreshAsync());
        }

        Assert.Equal(before, await harness.SnapshotStoreAsync());
        Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync()).Result);
    }

    [Fact]
    public async Task Refresh_PointerReplaced_IsConflictAndNextCompletes()
    {
        using var harness = OpenHarness();
        await harness.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));
        await harness.PutAsync(SampleEntries.Create("a"));
        var store = OpenPublications(clock);
        CallbackFormat racing = new("txt", async () =>
        {
            var pointer = (await store.ReadPointerAsync(null, Cancel))!;
            await store.ReplacePointerAsync(pointer.Content, pointer.ETag, Cancel);
        });

        var lost = await harness.RefreshAsync(racing);
        var unchanged = await harness.LoadLatestAsync();
        var next = await harness.RefreshAsync(new CallbackFormat("txt", () => Task.CompletedTask));

        Assert.Equal(new RefreshOutcome(RefreshResult.Conflict, 1, 0, 0), lost);
        Assert.Equal(1, unchanged.Publication.Revision);
        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 1, 0), next);
        Assert.Equal(2, (await harness.PublishedFilesAsync()).Count);
    }

    [Fact]
    public async Task Refresh_AfterGracePeriod_DeletesAbandonedFiles()
    {
        // The storage uses its own clock for file times.
        FakeTimeProvider time = new(DateTimeOffset.UtcNow);
        using var harness = OpenHarness(time);
        await harness.PutAsync(SampleEntries.Create("a"));
        CallbackFormat failing = new("txt", () => throw new InvalidOperationException("The disk of the format is full."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.RefreshAsync(failing));
        var left = await harness.ListPathsAsync("revisions/");
        Assert.Equal(["register.json", "register.json.gz"], left.Select(path => path[(path.LastIndexOf('/') + 1)..]));
        await harness.RefreshAsync(new CsvFormat());

        time.Advance(TimeSpan.FromMinutes(59));
        await harness.RefreshAsync(new CsvFormat());
        Assert.Contains(left[0], await harness.ListPathsAsync("revisions/"));
        time.Advance(TimeSpan.FromMinutes(2));
        await harness.RefreshAsync(new CsvFormat());

        Assert.DoesNotContain(left[0], await harness.ListPathsAsync("revisions/"));
        Assert.Empty(await harness.ListPathsAsync("tries/"));
        Assert.NotEmpty(await harness.PublishedFilesAsync());
    }

    [Fact]
    public async Task Current_OtherProcess_UpdatesWithinSecondsWithoutBlocking()
    {
        using var harness = OpenHarness();
        using var reader = OpenHarness();
        Assert.Null(await reader.Current.GetAsync(Cancel));
        await harness.RefreshAsync();
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);

        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.RefreshAsync();
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await reader.Current.GetAsync(Cancel))!.Revision);
        await reader.Current.BackgroundCheck;

        Assert.Equal(2, (await reader.Current.GetAsync(Cancel))!.Revision);
        Assert.Equal(new PublicationHealth(clock.GetUtcNow(), true, null, 2), reader.Current.Health);
    }

    [Fact]
    public async Task Load_TamperedFile_IsRejectedAndOldRevisionServed()
    {
        using var harness = OpenHarness();
        await harness.RefreshAsync();
        var path = (await harness.LoadLatestAsync()).Manifest.Register.Path;
        await harness.Publications.DeleteAsync(path, Cancel);
        await harness.Publications.WriteAsync(path, "{}"u8.ToArray(), "application/json", Cancel);
        await harness.Publications.DeleteAsync(path + ".gz", Cancel);

        var exception = await Assert.ThrowsAsync<DamagedPublicationException>(harness.LoadLatestAsync);

        Assert.Equal($"The publication store is damaged: the SHA-256 of '{path}' does not match, and no revision is complete.", exception.Message);
        Assert.Equal(1, (await harness.Current.GetAsync(Cancel))!.Revision);
    }
}
