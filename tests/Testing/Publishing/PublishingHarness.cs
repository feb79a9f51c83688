using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ODataEngine.Formats;
using ODataEngine.Formats.Geo;
using ODataEngine.Formats.Spreadsheets;
using ServiceOffices.Publishing;
using ServiceOffices.Publishing.Manifests;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Published;
using ServiceOffices.Seed;
using ServiceOffices.Storage;

namespace ServiceOffices.Testing.Publishing;

/// <summary>The services that edit and publish a register, as in one process.</summary>
internal sealed class PublishingHarness(
    IRegisterStore register, IPublicationStore publications, TimeProvider clock, ILogger<Publisher>? log = null) : IDisposable
{
    public IRegisterStore Register { get; } = register;

    public IPublicationStore Publications { get; } = publications;

    public PublicationReader Reader { get; } = new(publications);

    public CurrentPublication Current { get; } =
        new(new PublicationReader(publications), clock, NullLogger<CurrentPublication>.Instance, formats: MinimalFormats);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One format of each kind, because writing every format to the storage emulator is slow.</summary>
    public static IReadOnlyList<ExportFormat> MinimalFormats { get; } = [new CsvFormat(), new JsonFormat(), new GeoJsonFormat()];

    /// <summary>The publisher for <see cref="MinimalFormats"/>.</summary>
    public Publisher Publisher => field ??= NewPublisher(MinimalFormats);

    public async Task<RefreshOutcome> RefreshAsync(params IReadOnlyList<ExportFormat> formats)
    {
        if (formats.Count == 0)
        {
            return await Publisher.RefreshAsync(Cancel);
        }

        using var publisher = NewPublisher(formats);
        return await publisher.RefreshAsync(Cancel);
    }

    private Publisher NewPublisher(IReadOnlyList<ExportFormat> formats) => new(
        Register, Publications, Current, SeedData.Reference, formats, clock, log ?? NullLogger<Publisher>.Instance);

    /// <summary>Loads the current publication as a newly started process does.</summary>
    public async Task<LoadedPublication> LoadLatestAsync() =>
        await Reader.LoadAsync(null, Cancel) ?? throw new InvalidOperationException("Nothing is published.");

    /// <summary>Writes an office with its events; replaces an existing one.</summary>
    public async Task PutAsync(RegisterEntry entry)
    {
        var existing = await Register.ReadAsync(entry.Office.Id, Cancel);
        await Register.WriteAsync(entry, existing?.ETag, Cancel);
    }

    /// <summary>Reads every file of the revisions in the history, starting at a revision: path, content encoding and content.</summary>
    /// <remarks>Fails if a file is missing or differs from its record.</remarks>
    public async Task<IReadOnlyDictionary<string, byte[]>> PublishedFilesAsync(long since = 1)
    {
        var loaded = await LoadLatestAsync();
        Dictionary<string, byte[]> files = [];
        foreach (var record in loaded.Publication.Register.Publications.Where(record => record.Revision >= since))
        {
            var manifest = record.Revision == loaded.Manifest.Revision ? loaded.Manifest : await Reader.LoadManifestAsync(loaded, record.Revision, Cancel);
            foreach (var file in manifest!.Files)
            {
                foreach (var encoding in file.Encodings.Prepend<string?>(null))
                {
                    var content = await Reader.ReadFileAsync(file, encoding, Cancel);
                    Assert.NotNull(content);
                    files[file.Url + " " + encoding] = content;
                    var plain = Decompress(content, encoding);
                    Assert.Equal(file.Bytes, plain.Length);
                    Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(plain)));
                }
            }
        }

        return files;
    }

    public static byte[] Decompress(byte[] content, string? encoding)
    {
        using MemoryStream output = new();
        using Stream input = encoding switch
        {
            "gzip" => new System.IO.Compression.GZipStream(new MemoryStream(content), System.IO.Compression.CompressionMode.Decompress),
            "zstd" => new ZstdSharp.DecompressionStream(new MemoryStream(content)),
            "br" => new System.IO.Compression.BrotliStream(new MemoryStream(content), System.IO.Compression.CompressionMode.Decompress),
            _ => new MemoryStream(content),
        };
        input.CopyTo(output);
        return output.ToArray();
    }

    /// <summary>Formats a published register as a string, to compare the registers of two processes.</summary>
    public static string Serialize(PublishedRegister register) => JsonSerializer.Serialize(register);

    public async Task<string[]> ListPathsAsync(string prefix) =>
        await Publications.ListAsync(prefix, Cancel).Select(file => file.Path).ToArrayAsync(Cancel);

    /// <summary>Reads every file of the store with its content and last write time, and the ETag of the pointer.</summary>
    public async Task<IReadOnlyList<string>> SnapshotStoreAsync()
    {
        List<string> everything = [(await Publications.ReadPointerAsync(null, Cancel))?.ETag ?? "no pointer"];
        await foreach (var file in Publications.ListAsync("", Cancel))
        {
            // The last refresh is recorded even if it publishes nothing.
            if (file.Path.StartsWith("refreshes/", StringComparison.Ordinal))
            {
                continue;
            }

            var content = await Publications.ReadAsync(file.Path, Cancel);
            everything.Add($"{file.Path} {file.LastModified:O} {Convert.ToHexStringLower(SHA256.HashData(content!))}");
        }

        return everything;
    }

    public void Dispose()
    {
        Publisher.Dispose();
        Current.Dispose();
    }
}
