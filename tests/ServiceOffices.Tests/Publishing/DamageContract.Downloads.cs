using System.Security.Cryptography;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;
using ServiceOffices.Storage;
using ServiceOffices.Testing.Publishing;

namespace ServiceOffices.Tests.Publishing;

public abstract partial class DamageContract
{
    private static readonly string?[] Codings = [null, "gzip", "br", "zstd"];

    private static readonly string[] Suffixes = ["", ".gz", ".br", ".zst"];

    [Fact]
    public async Task Manifest_EachCoding_HasHash()
    {
        var published = await PublishAsync();

        Assert.All(published.Manifest.Files, file => Assert.Equal(file.Encodings.Order(), file.EncodedSha256!.Keys.Order()));
        using var harness = OpenHarness();
        foreach (var file in published.Manifest.Files)
        {
            foreach (var (coding, sha256) in file.EncodedSha256!)
            {
                var bytes = (await harness.Reader.ReadFileAsync(file, coding, Cancel))!;
                Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            }
        }
    }

    [Fact]
    public async Task Download_EachCodingDamaged_IsSentAndStoredAsPublished()
    {
        var file = (await PublishAsync()).Manifest.Files.Single(file => file.Name == "counties.csv");
        Assert.Equal(3, file.Encodings.Count);
        foreach (var (coding, suffix) in Codings.Zip(Suffixes))
        {
            foreach (var damage in Enum.GetValues<Damage>())
            {
                var path = file.Path + suffix;
                var published = (await OpenPublications(clock).ReadAsync(path, Cancel))!;
                await DamageFileAsync(path, damage);

                using var restarted = OpenHarness();
                var sent = await DownloadAsync(restarted, file, coding);

                Assert.True(sent.AsSpan().SequenceEqual(published), $"{path} after {damage}: sent");
                Assert.True((await restarted.Publications.ReadAsync(path, Cancel)).AsSpan().SequenceEqual(published), $"{path} after {damage}: stored");
            }
        }
    }

    // Created again from the register of the revision.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Download_FileAndAllCodingsLost_IsCreatedAgain(long revision)
    {
        await PublishAsync();
        using var restarted = OpenHarness();
        var file = (await restarted.Current.GetManifestAsync(revision, Cancel))!.Files.Single(file => file.Name == "offices.csv");
        Dictionary<string, byte[]> published = [];
        foreach (var path in await restarted.ListPathsAsync(file.Path))
        {
            published[path] = (await restarted.Publications.ReadAsync(path, Cancel))!;
            await restarted.Publications.DeleteAsync(path, Cancel);
        }

        foreach (var coding in file.Encodings.Prepend<string?>(null))
        {
            Assert.NotEmpty(await DownloadAsync(restarted, file, coding));
        }

        foreach (var (path, content) in published)
        {
            Assert.Equal(content, await restarted.Publications.ReadAsync(path, Cancel));
        }
    }

    [Fact]
    public async Task Download_StorageUnavailable_CurrentFilesAreCreatedInMemory()
    {
        var published = await PublishAsync();
        GatedPublicationStore store = new(OpenPublications(clock));
        using PublishingHarness reader = new(OpenRegister(), store, clock);
        await reader.Current.GetAsync(Cancel);
        var expected = await DownloadAsync(OpenHarness(), published.Manifest.Files.Single(file => file.Name == "counties.csv"), "br");
        store.IsUnavailable = true;

        foreach (var file in published.Manifest.Files)
        {
            foreach (var coding in file.Encodings.Prepend<string?>(null))
            {
                var sent = await DownloadAsync(reader, file, coding);
                Assert.Equal(file.Bytes, PublishingHarness.Decompress(sent, coding).Length);
                Assert.True(file.Name != "counties.csv" || coding != "br" || sent.AsSpan().SequenceEqual(expected));
            }
        }
    }

    [Fact]
    public async Task Download_DamagedAfterFirstUse_IsNeverCompleted()
    {
        var file = (await PublishAsync()).Manifest.Files.Single(file => file.Name == "counties.csv");
        using var harness = OpenHarness();
        await DownloadAsync(harness, file, null);
        await DamageFileAsync(file.Path, Damage.FlipBit);

        await Assert.ThrowsAsync<InvalidDataException>(() => DownloadAsync(harness, file, null));
        Assert.Equal(file.Bytes, (await DownloadAsync(harness, file, null)).Length);
    }

    private static Task<byte[]> DownloadAsync(PublishingHarness harness, PublishedFile file, string? coding) => DownloadAsync(harness.Current, file, coding);

    private static async Task<byte[]> DownloadAsync(CurrentPublication current, PublishedFile file, string? coding)
    {
        if (coding is not null)
        {
            return (await current.Files.ReadAsync(file, coding, Cancel))!;
        }

        await using var stream = await current.Files.OpenAsync(file, 0, file.Bytes, Cancel);
        var content = new byte[file.Bytes];
        await stream.ReadExactlyAsync(content, Cancel);
        return content;
    }
}
