using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ServiceOffices.Exports;
using ServiceOffices.Storage;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>
/// Writes one try at a publication below a prefix of its own: every file, then the page of history, the manifest last.
/// Nothing refers to any of it until the pointer does.
/// </summary>
internal sealed class PublicationWriter(IPublicationStore store, IReadOnlyList<ExportFormat> formats, string contract)
{
    private const int FilesAtOnce = 4;

    /// <summary>A prefix that no other try has.</summary>
    public static string NewFolder(long revision) => string.Create(
        CultureInfo.InvariantCulture, $"revisions/{revision:D8}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}/");

    /// <returns>The publication as it will be read back, and the pointer that makes it current.</returns>
    public async Task<(LoadedPublication Publication, byte[] Pointer)> WriteAsync(
        PublicationDraft draft, LoadedPublication? last, string folder, CancellationToken cancellationToken)
    {
        var register = await WriteJsonAsync(
            folder + RegisterSnapshot.FileName, RegisterSnapshot.Of(draft.Register), PublishingJson.Files.RegisterSnapshot, cancellationToken);
        var files = await WriteFilesAsync(RegisterModel.Tables(draft.Register), folder, cancellationToken);
        var record = draft.Record with { Files = files };
        var (pages, links) = await WriteHistoryAsync(new HistoryEntry(record, folder, draft.Changes), last, cancellationToken);
        var manifest = new Manifest(
            Manifest.KnownFormat,
            record.Revision,
            record.At,
            record.Reason,
            contract,
            folder,
            record.Counts,
            register,
            files,
            [.. draft.Rejected.Select(UnpublishedRow.Of)],
            last is null ? null : new PreviousManifest(last.Manifest.Revision, last.Manifest.Path, last.Publication.ManifestSha256),
            links);
        var link = await WriteJsonAsync(manifest.Path, manifest, PublishingJson.Files.Manifest, cancellationToken);

        var whole = RegisterSnapshot.Of(draft.Register).With(pages);
        var publication = new Publication(record, folder, link.Sha256, whole, RegisterModel.Tables(whole));
        return (
            new LoadedPublication(publication, manifest, pages, ETag: ""),
            JsonSerializer.SerializeToUtf8Bytes(new CurrentPointer(record.Revision, link), PublishingJson.Files.CurrentPointer));
    }

    private async Task<PublishedFile[]> WriteFilesAsync(TableSet tables, string folder, CancellationToken cancellationToken)
    {
        (EntitySet Set, ExportFormat Format)[] wanted =
        [
            .. tables.Model.Sets.SelectMany(set => formats.Where(format => format.WhyNot(set.Type) is null).Select(format => (set, format))),
        ];
        var files = new PublishedFile[wanted.Length];
        await Parallel.ForAsync(
            0,
            wanted.Length,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
            async (index, cancel) => files[index] = await WriteFileAsync(tables, wanted[index].Set, wanted[index].Format, folder, cancel));
        return files;
    }

    private async Task<PublishedFile> WriteFileAsync(
        TableSet tables, EntitySet set, ExportFormat format, string folder, CancellationToken cancellationToken)
    {
        var name = $"{set.Name}.{format.Name}";
        var table = tables[set];
        using var output = new MemoryStream();
        await format.WriteAsync(RowSet.All(table), output, cancellationToken);
        var content = output.GetBuffer().AsMemory(0, (int)output.Length);
        await store.WriteAsync(folder + name, content, format.MediaType, cancellationToken);

        var variants = Compression.Variants(content.Span);
        foreach (var variant in variants)
        {
            await store.WriteAsync(folder + name + Compression.Suffix(variant.Encoding), variant.Content, format.MediaType, cancellationToken);
        }

        return new PublishedFile(
            name,
            set.Name,
            format.MediaType,
            content.Length,
            table.Count,
            Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            [.. variants.Select(variant => variant.Encoding)],
            string.Create(CultureInfo.InvariantCulture, $"/downloads/{tables.Revision}/{name}"));
    }

    /// <summary>Adds to the last page or, where that is full, begins another.</summary>
    private async Task<(HistoryPage[] Pages, HistoryPageLink[] Links)> WriteHistoryAsync(
        HistoryEntry entry, LoadedPublication? last, CancellationToken cancellationToken)
    {
        var pages = last?.Pages ?? [];
        var full = pages.Count(page => page.Entries.Count >= HistoryPage.Capacity);
        var page = new HistoryPage([.. pages.Skip(full).SelectMany(open => open.Entries), entry]);
        var path = entry.Folder + "history.json";
        var link = await WriteJsonAsync(path, page, PublishingJson.Files.HistoryPage, cancellationToken);
        return (
            [.. pages.Take(full), page],
            [.. (last?.Manifest.History ?? []).Take(full), new HistoryPageLink(page.Entries[0].Record.Revision, entry.Record.Revision, path, link.Sha256)]);
    }

    private async Task<FileLink> WriteJsonAsync<T>(string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        await store.WriteAsync(path, json, PublishingJson.MediaType, cancellationToken);
        return new FileLink(path, Convert.ToHexStringLower(SHA256.HashData(json)));
    }
}
