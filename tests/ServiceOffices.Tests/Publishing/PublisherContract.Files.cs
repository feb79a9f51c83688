using System.Security.Cryptography;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Schema;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public abstract partial class PublisherContract
{
    [Fact]
    public async Task Manifests_AllRevisions_FormHashChain()
    {
        using var harness = OpenHarness();
        for (var edit = 1; edit <= 4; edit++)
        {
            await harness.PutAsync(SampleEntries.Create("a").With(office => office with { Note = $"edit {edit}" }));
            await harness.RefreshAsync();
        }

        var loaded = await harness.LoadLatestAsync();
        var sha256 = loaded.Publication.ManifestSha256;
        for (var revision = 4; revision >= 1; revision--)
        {
            var entry = loaded.Find(revision)!;
            Assert.Equal(revision, entry.Record.Revision);
            Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData((await harness.Publications.ReadAsync(entry.Folder + "manifest.json", Cancel))!)));
            Assert.Equal(revision == 1 ? null : revision - 1, entry.Record.PreviousRevision);
            sha256 = entry.Record.PreviousManifestSha256;
        }

        Assert.Null(sha256);
    }

    [Fact]
    public async Task Files_EachRevision_CoverEverySetAndSupportedFormat()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(FindSeedEntry("storuman"));
        await harness.RefreshAsync(ExportFormats.All);

        var files = (await harness.LoadLatestAsync()).Publication.Files;

        Assert.Equal(
            RegisterModel.Model.Sets.Where(set => set.Name != "files").SelectMany(set => ExportFormats.All.Where(format => format.GetUnsupportedReason(set.Type) is null).Select(format => $"{set.Name}.{format.Name}")),
            files.Select(file => file.Name));
        Assert.Equal((290, "/downloads/1/municipalities.csv"), files.Where(file => file.Name == "municipalities.csv").Select(file => ((int)file.Rows, file.Url)).Single());
        Assert.Equal(["gzip", "br", "zstd"], files.Single(file => file.Name == "municipalities.csv").Encodings);
    }

    [Fact]
    public async Task Manifest_EachRevision_IsImmutable()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.RefreshAsync();
        await harness.PutAsync(SampleEntries.Create("b"));
        await harness.RefreshAsync();

        Assert.Equal(1, (await harness.Current.GetManifestAsync(1, Cancel))!.Revision);
        Assert.Equal(2, (await harness.Current.GetManifestAsync(2, Cancel))!.Revision);
        Assert.Null(await harness.Current.GetManifestAsync(0, Cancel));
        Assert.Null(await harness.Current.GetManifestAsync(-1, Cancel));
        Assert.Null(await harness.Current.GetManifestAsync(3, Cancel));
    }

    [Fact]
    public async Task Refresh_OneOfficeChanged_WritesChangedDatasetsOnly()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.RefreshAsync();
        await harness.PutAsync(SampleEntries.Create("b"));
        await harness.RefreshAsync();

        var publication = (await harness.LoadLatestAsync()).Publication;

        var offices = publication.Files.Single(file => file.Name == "offices.csv");
        Assert.Equal((2, "/downloads/2/offices.csv", publication.Folder + "offices.csv"), (offices.Revision, offices.Url, offices.Path));
        Assert.All(publication.Files.Where(file => file.Dataset == "counties"), file => Assert.Equal((1, $"/downloads/1/{file.Name}"), (file.Revision, file.Url)));
        Assert.Contains(publication.Folder + "offices.csv.gz", await harness.ListPathsAsync(publication.Folder));
        Assert.DoesNotContain(await harness.ListPathsAsync(publication.Folder), path => path.Contains("counties", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refresh_FormatsChanged_PublishesRevisionWithReasonFormat()
    {
        using var harness = OpenHarness();
        await harness.PutAsync(SampleEntries.Create("a"));
        await harness.RefreshAsync(new CsvFormat());

        var result = await harness.RefreshAsync(new CsvFormat(), new JsonFormat());

        Assert.Equal(new RefreshOutcome(RefreshResult.Published, 2, 0, 0), result);
        Assert.Equal("format", (await harness.LoadLatestAsync()).Publication.Record.Reason);
        Assert.Equal(RefreshResult.NothingNew, (await harness.RefreshAsync(new CsvFormat(), new JsonFormat())).Result);
    }
}
