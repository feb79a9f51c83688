using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ODataEngine.Formats;
using ODataEngine.Model;
using ServiceOffices.Publishing.History;
using ServiceOffices.Publishing.Refresh;
using ServiceOffices.Register.Published;
using ServiceOffices.Schema;
using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>
/// Writes the files of a publication below a prefix of their own: changed files first, then the page of history, the manifest
/// last. They are invisible until the pointer refers to them.
/// </summary>
internal sealed class PublicationWriter(IFileStore store, IReadOnlyList<ExportFormat> formats, string contract)
{
    private const int MaxConcurrentFiles = 4;

    // The format that contains every value.
    private static readonly JsonFormat ReferenceFormat = new();

    /// <returns>The publication as it will be read, and the pointer that makes it current.</returns>
    public async Task<(LoadedPublication Publication, byte[] Pointer)> WriteAsync(
        PublicationDraft draft, LoadedPublication? last, string folder, CancellationToken cancellationToken)
    {
        var register = await WriteJsonAsync(
            folder + RegisterSnapshot.FileName, RegisterSnapshot.FromRegister(draft.Register), PublishingJsonContext.Instance.RegisterSnapshot, cancellationToken);
        var files = await WriteFilesAsync(PublishedTables.Create(draft.Register), last?.Manifest, folder, cancellationToken);
        var record = draft.Record;
        var (pages, links) = await WriteHistoryAsync(new HistoryEntry(record, folder, draft.Changes), last, cancellationToken);
        var manifest = new Manifest(
            Manifest.CurrentFormatVersion,
            record.Revision,
            record.At,
            record.Reason,
            contract,
            folder,
            record.Counts,
            register,
            files,
            [.. draft.Rejected.Select(UnpublishedRow.FromRejected)],
            last is null ? null : new PreviousManifest(last.Manifest.Revision, last.Manifest.Path, last.Publication.ManifestSha256),
            links);
        var link = await WriteJsonAsync(manifest.Path, manifest, PublishingJsonContext.Instance.Manifest, cancellationToken);

        var publishedRegister = RegisterSnapshot.FromRegister(draft.Register).ToRegister(pages, files);
        var publication = new Publication(record, folder, link.Sha256, publishedRegister, PublishedTables.Create(publishedRegister));
        return (
            new LoadedPublication(publication, manifest, pages, ETag: ""),
            CreatePointer(record.Revision, link));
    }

    /// <summary>Formats the pointer to a publication.</summary>
    public static byte[] CreatePointer(long revision, FileLink manifest) =>
        JsonSerializer.SerializeToUtf8Bytes(new CurrentPointer(revision, manifest), PublishingJsonContext.Instance.CurrentPointer);

    private async Task<PublishedFile[]> WriteFilesAsync(
        TableSet tables, Manifest? last, string folder, CancellationToken cancellationToken)
    {
        var wanted = tables.Model.Sets.Where(set => set.Name != FileSchema.SetName)
            .SelectMany(set => formats.Where(format => format.GetUnsupportedReason(set.Type) is null).Select(format => (Set: set, Format: format)))
            .ToArray();
        var unchanged = await FindUnchangedSetsAsync(tables, last, cancellationToken);
        var kept = (last?.Files ?? []).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var files = new PublishedFile[wanted.Length];
        await Parallel.ForAsync(
            0,
            wanted.Length,
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentFiles, CancellationToken = cancellationToken },
            async (index, cancel) =>
            {
                var (set, format) = wanted[index];
                var isUnchanged = format.GetRelatedSets(set.Type).Prepend(set.Name).All(unchanged.Contains);
                files[index] = (isUnchanged ? kept.GetValueOrDefault(PublicationExport.GetFileName(set, format)) : null) ?? await WriteFileAsync(tables, set, format, folder, cancel);
            });
        return files;
    }

    /// <summary>Finds the sets whose JSON is the same as in the last publication: files with other formats of these rows are the same too.</summary>
    private async Task<HashSet<string>> FindUnchangedSetsAsync(TableSet tables, Manifest? last, CancellationToken cancellationToken)
    {
        var unchanged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in (last?.Contract == contract ? last.Files : []).Where(file => file.Name == $"{file.Dataset}.{ReferenceFormat.Name}"))
        {
            if (file.Sha256 == await ComputeHashAsync(RowSet.All(tables[file.Dataset]), cancellationToken))
            {
                unchanged.Add(file.Dataset);
            }
        }

        return unchanged;
    }

    private static async Task<string> ComputeHashAsync(RowSet rows, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        await using (var output = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            await ReferenceFormat.WriteAsync(rows, new ExportOptions("rows"), output, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private async Task<PublishedFile> WriteFileAsync(
        TableSet tables, EntitySet set, ExportFormat format, string folder, CancellationToken cancellationToken)
    {
        var name = PublicationExport.GetFileName(set, format);
        var path = folder + name;
        var table = tables[set];
        var content = await PublicationExport.CreateAsync(tables, set, format, cancellationToken);
        await store.WriteAsync(path, content, new FileHeaders(format.MediaType, DownloadName: name), cancellationToken);

        var variants = format.IsCompressed ? [] : FileCompression.CreateVariants(content.Span);
        foreach (var variant in variants)
        {
            await store.WriteAsync(
                path + FileCompression.GetPathSuffix(variant.Encoding), variant.Content, new FileHeaders(format.MediaType, variant.Encoding, name), cancellationToken);
        }

        return new PublishedFile(
            name,
            set.Name,
            format.MediaType,
            content.Length,
            table.Count,
            Convert.ToHexStringLower(SHA256.HashData(content.Span)),
            [.. variants.Select(variant => variant.Encoding)],
            tables.Revision,
            string.Create(CultureInfo.InvariantCulture, $"/downloads/{tables.Revision}/{name}"),
            path,
            variants.ToDictionary(variant => variant.Encoding, variant => DuplicatedFiles.ComputeHash(variant.Content.Span), StringComparer.Ordinal));
    }

    /// <summary>Appends to the last page, or to a new page if that is full.</summary>
    private async Task<(HistoryPage[] Pages, HistoryPageLink[] Links)> WriteHistoryAsync(
        HistoryEntry entry, LoadedPublication? last, CancellationToken cancellationToken)
    {
        var pages = last?.Pages ?? [];
        var full = pages.Count(page => page.Entries.Count >= HistoryPage.MaxEntries);
        var page = new HistoryPage([.. pages.Skip(full).SelectMany(open => open.Entries), entry]);
        var path = entry.Folder + "history.json";
        var link = await WriteJsonAsync(path, page, PublishingJsonContext.Instance.HistoryPage, cancellationToken);
        return (
            [.. pages.Take(full), page],
            [.. (last?.Manifest.History ?? []).Take(full), new HistoryPageLink(page.Entries[0].Record.Revision, entry.Record.Revision, path, link.Sha256)]);
    }

    private Task<FileLink> WriteJsonAsync<T>(string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        new DuplicatedFiles(store).WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, type), cancellationToken);
}
