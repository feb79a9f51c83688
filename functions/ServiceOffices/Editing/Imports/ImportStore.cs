using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

/// <summary>
/// The files of imports, each written once. <c>imports/{id}/</c> has the document, the plan's steps in files of a hundred,
/// then plan.json; <c>pending/{id}</c>, written last, is what accepts it. For each file of steps that was applied there is
/// one below done/, then outcome.json, and pending/{id} goes.
/// </summary>
/// <param name="files">Apart from the publications, which anyone may read: imports are the editors' own.</param>
public sealed class ImportStore(IFileStore files, TimeProvider time)
{
    /// <summary>The blob container's name.</summary>
    public const string ContainerName = "imports";

    /// <summary>How long files are left alone that nobody has accepted yet: the process that writes them may be slow, and still alive.</summary>
    public static readonly TimeSpan OrphanGracePeriod = TimeSpan.FromHours(1);

    private const string ImportsPrefix = "imports/";
    private const string PendingPrefix = "pending/";
    private const string DonePrefix = "done/";
    private const string PlanName = "plan.json";
    private const string OutcomeName = "outcome.json";
    private const string MediaType = "application/json";
    private const int StepsPerFile = IRegisterStore.MaxWrites;
    private const int MaxConcurrentWrites = 4;

    /// <summary>Writes an import ahead. Once this returns it is accepted, and is finished whatever happens.</summary>
    /// <exception cref="StorageUnavailableException">The storage does not answer, or so slowly that what was written may have been cleaned away.</exception>
    public async Task<ImportRecord> AcceptAsync(ImportRequest request, ImportReport report, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var batches = report.Steps.Chunk(StepsPerFile).ToArray();
        ImportRecord record = new(id, by, now, request.Mode, request.IsJson, request.Delimiter, report.Offices, batches.Length);
        await files.WriteAsync(GetPath(id, "document"), request.Content, request.IsJson ? MediaType : "text/csv", cancellationToken);
        await Parallel.ForAsync(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentWrites, CancellationToken = cancellationToken }, async (index, cancellation) =>
            await WriteAsync(GetPath(id, GetStepsFileName(index)), batches[index], cancellation));
        await WriteAsync(GetPath(id, PlanName), record, cancellationToken);
        if (time.GetUtcNow() - now > OrphanGracePeriod / 2)
        {
            throw new StorageUnavailableException("The storage took too long to take the import; nothing of it is accepted.", new TimeoutException());
        }

        await files.WriteAsync(PendingPrefix + id, ReadOnlyMemory<byte>.Empty, "text/plain", cancellationToken);
        return record;
    }

    /// <summary>The ids of the imports that are accepted and not finished, in the order in which they were accepted.</summary>
    public async Task<IReadOnlyList<string>> GetPendingIdsAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(PendingPrefix, cancellationToken)).Select(path => path[PendingPrefix.Length..])];

    /// <summary>Every import that was ever accepted or nearly so, the latest first.</summary>
    public async Task<IReadOnlyList<string>> GetIdsAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(ImportsPrefix, cancellationToken))
            .Where(path => path.EndsWith("/" + PlanName, StringComparison.Ordinal))
            .Select(path => path[ImportsPrefix.Length..^(PlanName.Length + 1)])
            .Reverse()];

    /// <summary>Null where there is no import of that id.</summary>
    public async Task<ImportRecord?> GetRecordAsync(string id, CancellationToken cancellationToken) =>
        IsValidId(id) ? await ReadAsync<ImportRecord>(GetPath(id, PlanName), cancellationToken) : null;

    /// <inheritdoc cref="GetRecordAsync"/>
    public async Task<ImportProgress?> GetProgressAsync(string id, CancellationToken cancellationToken)
    {
        if (await GetRecordAsync(id, cancellationToken) is not { } record)
        {
            return null;
        }

        var outcome = await GetOutcomeAsync(id, cancellationToken);
        var total = record.Offices.Added + record.Offices.Changed + record.Offices.Removed;
        var done = outcome is null ? Math.Min(total, StepsPerFile * (await GetAppliedBatchesAsync(id, cancellationToken)).Count) : total;
        return new ImportProgress(record, done, outcome);
    }

    /// <summary>The document as it came; null where there is none.</summary>
    public Task<byte[]?> ReadDocumentAsync(string id, CancellationToken cancellationToken) => files.ReadAsync(GetPath(id, "document"), cancellationToken);

    public async Task<IReadOnlyList<ImportStep>> ReadStepsAsync(string id, int batch, CancellationToken cancellationToken) =>
        await ReadAsync<ImportStep[]>(GetPath(id, GetStepsFileName(batch)), cancellationToken) ?? throw CreateMissingFileException(id);

    /// <summary>The numbers of the files of steps that are applied.</summary>
    public async Task<IReadOnlySet<int>> GetAppliedBatchesAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(GetPath(id, DonePrefix), cancellationToken))
            .Select(path => int.Parse(path.AsSpan(path.LastIndexOf('/') + 1, 6), NumberStyles.None, CultureInfo.InvariantCulture))
            .ToHashSet();

    public Task CompleteBatchAsync(string id, int batch, ImportBatchResult result, CancellationToken cancellationToken) =>
        WriteOnceAsync(GetPath(id, GetDoneFileName(batch)), result, cancellationToken);

    public Task<ImportOutcome?> GetOutcomeAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync<ImportOutcome>(GetPath(id, OutcomeName), cancellationToken);

    /// <summary>Says how it ended, and takes it off the list of what is pending. Safe to repeat.</summary>
    public async Task CompleteAsync(ImportRecord record, CancellationToken cancellationToken)
    {
        if (await GetOutcomeAsync(record.Id, cancellationToken) is null)
        {
            var results = new List<ImportBatchResult>();
            for (var batch = 0; batch < record.Batches; batch++)
            {
                results.Add(await ReadAsync<ImportBatchResult>(GetPath(record.Id, GetDoneFileName(batch)), cancellationToken) ?? throw CreateMissingFileException(record.Id));
            }

            await WriteOnceAsync(
                GetPath(record.Id, OutcomeName),
                new ImportOutcome(time.GetUtcNow(), results.Sum(result => result.Applied), [.. results.SelectMany(result => result.Conflicts)]),
                cancellationToken);
        }

        await files.DeleteAsync(PendingPrefix + record.Id, cancellationToken);
    }

    /// <summary>
    /// Deletes the files of documents that were written and never accepted, because their process died in between, once
    /// they are older than <see cref="OrphanGracePeriod"/>. What was accepted stays for ever: it is part of the audit.
    /// </summary>
    /// <returns>How many documents went.</returns>
    public async Task<int> DeleteOrphansAsync(CancellationToken cancellationToken)
    {
        var accepted = (await GetPendingIdsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        List<StoredFile> all = [];
        await foreach (var file in files.ListAsync(ImportsPrefix, cancellationToken))
        {
            all.Add(file);
        }

        var orphans = all
            .GroupBy(file => file.Path[ImportsPrefix.Length..].Split('/')[0])
            .Where(import => !accepted.Contains(import.Key)
                && import.All(file => file.Path != GetPath(import.Key, OutcomeName) && time.GetUtcNow() - file.LastModified >= OrphanGracePeriod))
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
        await files.ReadAsync(path, cancellationToken) is { } json ? JsonSerializer.Deserialize<T>(json, StoredValueFormat.JsonOptions) : null;

    private Task WriteAsync<T>(string path, T value, CancellationToken cancellationToken) =>
        files.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, StoredValueFormat.JsonOptions), MediaType, cancellationToken);

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
    private static bool IsValidId(string id) => id.Length is > 0 and <= 40 && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static string GetPath(string id, string name) => $"{ImportsPrefix}{id}/{name}";

    private static string GetStepsFileName(int batch) => string.Create(CultureInfo.InvariantCulture, $"steps/{batch:D6}.json");

    private static string GetDoneFileName(int batch) => string.Create(CultureInfo.InvariantCulture, $"{DonePrefix}{batch:D6}.json");

    private static InvalidDataException CreateMissingFileException(string id) => new($"A file of the import {id} is missing.");
}
