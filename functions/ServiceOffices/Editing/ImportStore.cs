using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>
/// The files of imports, each written once. <c>imports/{id}/</c> has the document, the plan's steps in files of a hundred,
/// then plan.json; <c>pending/{id}</c>, written last, is what accepts it. For each file of steps that was applied there is
/// one below done/, then outcome.json, and pending/{id} goes.
/// </summary>
/// <param name="files">Apart from the publications, which anyone may read: imports are the editors' own.</param>
public sealed class ImportStore(IPublicationStore files, TimeProvider time)
{
    /// <summary>The blob container's name.</summary>
    public const string ContainerName = "imports";

    /// <summary>How long files are left alone that nobody has accepted yet: the process that writes them may be slow, and still alive.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private const string Imports = "imports/";
    private const string Pending = "pending/";
    private const string Done = "done/";
    private const string PlanName = "plan.json";
    private const string OutcomeName = "outcome.json";
    private const string MediaType = "application/json";
    private const int StepsInFile = IRegisterStore.MostWrites;
    private const int FilesAtOnce = 4;

    /// <summary>Writes an import ahead. Once this returns it is accepted, and is finished whatever happens.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or so slowly that what was written may have been cleaned away.</exception>
    public async Task<ImportRecord> AcceptAsync(ImportRequest request, ImportReport report, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var batches = report.Steps.Chunk(StepsInFile).ToArray();
        ImportRecord record = new(id, by, now, request.Mode, request.IsJson, request.Delimiter, report.Offices, batches.Length);
        await files.WriteAsync(Path(id, "document"), request.Content, request.IsJson ? MediaType : "text/csv", cancellationToken);
        await Parallel.ForAsync(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken }, async (index, cancel) =>
            await WriteAsync(Path(id, StepsName(index)), batches[index], cancel));
        await WriteAsync(Path(id, PlanName), record, cancellationToken);
        if (time.GetUtcNow() - now > Grace / 2)
        {
            throw new StorageUnavailableException("The storage took too long to take the import; nothing of it is accepted.", new TimeoutException());
        }

        await files.WriteAsync(Pending + id, ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);
        return record;
    }

    /// <summary>The ids of the imports that are accepted and not finished, in the order in which they were accepted.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(Pending, cancellationToken)).Select(path => path[Pending.Length..])];

    /// <summary>Every import that was ever accepted or nearly so, the latest first.</summary>
    public async Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(Imports, cancellationToken))
            .Where(path => path.EndsWith("/" + PlanName, StringComparison.Ordinal))
            .Select(path => path[Imports.Length..^(PlanName.Length + 1)])
            .Reverse()];

    /// <summary>Null where there is no import of that id.</summary>
    public async Task<ImportRecord?> RecordAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? await ReadAsync<ImportRecord>(Path(id, PlanName), cancellationToken) : null;

    /// <inheritdoc cref="RecordAsync"/>
    public async Task<ImportProgress?> ProgressAsync(string id, CancellationToken cancellationToken)
    {
        if (await RecordAsync(id, cancellationToken) is not { } record)
        {
            return null;
        }

        var outcome = await OutcomeAsync(id, cancellationToken);
        var total = record.Offices.Added + record.Offices.Changed + record.Offices.Removed;
        var done = outcome is null ? Math.Min(total, StepsInFile * (await DoneAsync(id, cancellationToken)).Count) : total;
        return new ImportProgress(record, done, outcome);
    }

    /// <summary>The document as it came; null where there is none.</summary>
    public Task<byte[]?> DocumentAsync(string id, CancellationToken cancellationToken) => files.ReadAsync(Path(id, "document"), cancellationToken);

    public async Task<IReadOnlyList<ImportStep>> StepsAsync(string id, int batch, CancellationToken cancellationToken) =>
        await ReadAsync<ImportStep[]>(Path(id, StepsName(batch)), cancellationToken) ?? throw Missing(id);

    /// <summary>The numbers of the files of steps that are applied.</summary>
    public async Task<IReadOnlySet<int>> DoneAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(Path(id, Done), cancellationToken))
            .Select(path => int.Parse(path.AsSpan(path.LastIndexOf('/') + 1, 6), NumberStyles.None, CultureInfo.InvariantCulture))
            .ToHashSet();

    public Task FinishBatchAsync(string id, int batch, ImportBatchResult result, CancellationToken cancellationToken) =>
        WriteOnceAsync(Path(id, DoneName(batch)), result, cancellationToken);

    public Task<ImportOutcome?> OutcomeAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync<ImportOutcome>(Path(id, OutcomeName), cancellationToken);

    /// <summary>Says how it ended, and takes it off the list of what is pending. Safe to repeat.</summary>
    public async Task FinishAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        if (await OutcomeAsync(record.Id, cancellationToken) is null)
        {
            var results = new List<ImportBatchResult>();
            for (var batch = 0; batch < record.Batches; batch++)
            {
                results.Add(await ReadAsync<ImportBatchResult>(Path(record.Id, DoneName(batch)), cancellationToken) ?? throw Missing(record.Id));
            }

            await WriteOnceAsync(
                Path(record.Id, OutcomeName),
                new ImportOutcome(time.GetUtcNow(), results.Sum(result => result.Applied), [.. results.SelectMany(result => result.Conflicts)]),
                cancellationToken);
        }

        await files.DeleteAsync(Pending + record.Id, cancellationToken);
    }

    /// <summary>
    /// Deletes the files of documents that were written and never accepted, because their process died in between, once
    /// they are older than <see cref="Grace"/>. What was accepted stays for ever: it is part of the audit.
    /// </summary>
    /// <returns>How many documents went.</returns>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var accepted = (await PendingAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        List<StoredFile> all = [];
        await foreach (var file in files.ListAsync(Imports, cancellationToken))
        {
            all.Add(file);
        }

        var orphans = all
            .GroupBy(file => file.Path[Imports.Length..].Split('/')[0])
            .Where(import => !accepted.Contains(import.Key)
                && import.All(file => file.Path != Path(import.Key, OutcomeName) && time.GetUtcNow() - file.LastWritten >= Grace))
            .ToArray();
        foreach (var file in orphans.SelectMany(import => import))
        {
            await files.DeleteAsync(file.Path, cancellationToken);
        }

        return orphans.Length;
    }

    private async Task<List<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        List<string> paths = [];
        await foreach (var file in files.ListAsync(prefix, cancellationToken))
        {
            paths.Add(file.Path);
        }

        return paths;
    }

    private async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class =>
        await files.ReadAsync(path, cancellationToken) is { } json ? JsonSerializer.Deserialize<T>(json, RowText.Json) : null;

    private Task WriteAsync<T>(string path, T value, CancellationToken cancellationToken) =>
        files.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, RowText.Json), MediaType, cancellationToken);

    /// <summary>Where another instance, or this one before it died, wrote it already, that stands.</summary>
    private async Task WriteOnceAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(path, value, cancellationToken);
        }
        catch (ConflictException)
        {
            // Written once, and read as it stands.
        }
    }

    // An id comes from an address: whatever is no id reaches no file.
    private static bool IsId(string id) => id.Length is > 0 and <= 40 && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static string Path(string id, string name) => $"{Imports}{id}/{name}";

    private static string StepsName(int batch) => string.Create(CultureInfo.InvariantCulture, $"steps/{batch:D6}.json");

    private static string DoneName(int batch) => string.Create(CultureInfo.InvariantCulture, $"{Done}{batch:D6}.json");

    private static InvalidDataException Missing(string id) => new($"A file of the import {id} is missing.");
}
