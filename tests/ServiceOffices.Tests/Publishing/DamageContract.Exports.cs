using Microsoft.Extensions.Logging;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Published;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Files for download that <see cref="ExpiredExports"/> deleted on purpose.</summary>
public abstract partial class DamageContract
{
    [Fact]
    public async Task Exports_OfEarlierRevisions_AreDeletedAndSentWithSameBytes()
    {
        const int kept = 2;
        await PublishFilesAsync(1, 5);
        var published = await ReadDownloadsAsync();
        ListLogger<CurrentPublication> log = new();
        var store = OpenPublications(clock);
        using CurrentPublication current = new(new PublicationReader(store), clock, log, formats: PublishingHarness.MinimalFormats, keptExports: kept);

        await new ExpiredExports(store, current, kept).RunAsync(null!, Cancel);

        var remaining = await ListAsync("revisions/");
        var expired = published.Keys.Where(path => !remaining.Contains(path)).ToList();
        Assert.All(expired, path => Assert.Matches("^revisions/0000000[123]-[0-9a-f]{8}/[a-z]+\\.(csv|json|geojson)(\\.(gz|br|zst))?$", path));
        // Three revisions of the sets that an edit changes; the files of other sets, and those of the last two revisions, are kept.
        Assert.Equal(3, expired.Count(path => path.EndsWith("/offices.csv", StringComparison.Ordinal)));
        Assert.Contains(remaining, path => path.StartsWith("revisions/00000001-", StringComparison.Ordinal) && path.EndsWith("/counties.csv", StringComparison.Ordinal));
        Assert.Equal(5, remaining.Count(path => path.EndsWith("/register.json", StringComparison.Ordinal)));
        Assert.Equal(["exports/00000003"], await ListAsync("exports/"));

        foreach (var (path, (file, coding, content)) in published)
        {
            Assert.True((await DownloadAsync(current, file, coding)).AsSpan().SequenceEqual(content), path);
        }

        Assert.Equal(remaining, await ListAsync("revisions/"));
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Exports_RefreshedAgain_OnlyNextRevisionIsDeleted()
    {
        await PublishFilesAsync(1, 3);
        var store = OpenPublications(clock);
        using CurrentPublication current = new(new PublicationReader(store), clock, new ListLogger<CurrentPublication>(), formats: PublishingHarness.MinimalFormats, keptExports: 1);
        ExpiredExports exports = new(store, current, 1);
        await exports.RunAsync(null!, Cancel);
        var first = await ListAsync("revisions/");

        await exports.RunAsync(null!, Cancel);
        await new ExpiredExports(store, current, 1).RunAsync(null!, Cancel);
        Assert.Equal(first, await ListAsync("revisions/"));

        await PublishFilesAsync(4, 4);
        clock.Advance(TimeSpan.FromMinutes(1));
        await current.LoadLatestAsync(Cancel);
        await exports.RunAsync(null!, Cancel);

        Assert.Equal(["exports/00000003"], await ListAsync("exports/"));
        Assert.Single(await ListAsync("revisions/"), path => path.EndsWith("/offices.csv", StringComparison.Ordinal));
    }

    // A file of the current revision is never expired, whichever revision wrote it.
    [Fact]
    public async Task Exports_FileOfCurrentRevisionLost_IsStoredAgain()
    {
        await PublishFilesAsync(1, 3);
        var store = OpenPublications(clock);
        using CurrentPublication current = new(new PublicationReader(store), clock, new ListLogger<CurrentPublication>(), formats: PublishingHarness.MinimalFormats, keptExports: 1);
        var file = (await current.GetManifestAsync(3, Cancel))!.Files.Single(file => file.Name == "counties.csv");
        Assert.Equal(1, file.Revision);
        await store.DeleteAsync(file.Path, Cancel);

        await DownloadAsync(current, file, null);

        Assert.Equal([file.Path], (await ListAsync(file.Path)).Where(path => path == file.Path));
    }

    // With JSON among the formats, the unchanged sets of a revision are found, and their files belong to several revisions.
    private async Task PublishFilesAsync(int first, int last)
    {
        using var harness = OpenHarness();
        for (var edit = first; edit <= last; edit++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await harness.PutAsync(SampleEntries.Create("a").With(office => office with { Note = $"edit {edit}" }));
            Assert.Equal(RefreshResult.Published, (await harness.RefreshAsync()).Result);
        }
    }

    private async Task<Dictionary<string, (PublishedFile File, string? Coding, byte[] Content)>> ReadDownloadsAsync()
    {
        using var harness = OpenHarness();
        Dictionary<string, (PublishedFile, string?, byte[])> downloads = [];
        for (var revision = 1; revision <= 5; revision++)
        {
            foreach (var file in (await harness.Current.GetManifestAsync(revision, Cancel))!.Files)
            {
                foreach (var coding in file.Encodings.Prepend<string?>(null))
                {
                    downloads[file.Path + Suffixes[Array.IndexOf(Codings, coding)]] = (file, coding, await DownloadAsync(harness, file, coding));
                }
            }
        }

        return downloads;
    }

    private async Task<string[]> ListAsync(string prefix)
    {
        using var harness = OpenHarness();
        return await harness.ListPathsAsync(prefix);
    }
}
