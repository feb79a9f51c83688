using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServiceOffices.Schema;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Imports;

/// <summary>
/// Stores the files of imports, each written once. <c>imports/{id}/</c> contains the document, the steps of the plan in
/// files of a hundred, and plan.json. <c>accepted/{number}</c> is written last and contains the ID. An import is pending until
/// its outcome.json exists. Each applied file of steps adds a file below done/. When all are applied, outcome.json is written.
/// </summary>
/// <param name="files">A container of its own: publications are public, imports are not.</param>
public sealed class ImportStore(IFileStore files, TimeProvider time)
{
    /// <summary>Name of the blob container.</summary>
    public const string ContainerName = "imports";

    /// <summary>Age at which files without an accepted import are deleted. Younger ones may still be being written by a slow process.</summary>
    public static readonly TimeSpan OrphanGracePeriod = TimeSpan.FromHours(1);

    private const string ImportsPrefix = "imports/";
    private const string AcceptedPrefix = "accepted/";

    // Earlier versions marked pending imports by an empty file pending/{id}.
    private const string LegacyPendingPrefix = "pending/";
    private const string DonePrefix = "done/";
    private const string PlanName = "plan.json";
    private const string OutcomeName = "outcome.json";
    private const string BaselineName = "baseline.json";
    private const string MediaType = "application/json";
    private const int StepsPerFile = IRegisterStore.MaxWrites;
    private const int MaxConcurrentWrites = 4;

    /// <summary>
    /// Stores an import. If the method returns a record, the import is accepted and will be applied even if this process ends.
    /// Acceptance is one conditional write of the next number, so of several concurrent imports exactly one is accepted.
    /// </summary>
    /// <param name="lastAccepted">The result of <see cref="GetLastAcceptedAsync"/> before the register was read for the report.</param>
    /// <returns>Null if another import was accepted in between; nothing is stored.</returns>
    /// <exception cref="StorageUnavailableException">The storage is unavailable, or so slow that the written files may have been deleted as orphans.</exception>
    public async Task<ImportRecord?> AcceptAsync(ImportRequest request, ImportReport report, string by, int lastAccepted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{FormatTime(now)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var batches = report.Steps.Chunk(StepsPerFile).ToArray();
        ImportRecord record = new(id, by, now, request.Mode, request.IsJson, request.Delimiter, report.Offices, batches.Length) { Request = request.Request };
        await files.WriteAsync(GetPath(id, "document"), request.Content, request.IsJson ? MediaType : "text/csv", cancellationToken);
        await Parallel.ForAsync(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentWrites, CancellationToken = cancellationToken }, async (index, cancellation) =>
            await WriteAsync(GetPath(id, GetStepsFileName(index)), batches[index], cancellation));
        if (report.Mode == ImportMode.Replace)
        {
            await WriteAsync(GetPath(id, BaselineName), report.Baseline, cancellationToken);
        }

        await WriteAsync(GetPath(id, PlanName), record, cancellationToken);
        if (time.GetUtcNow() - now > OrphanGracePeriod / 2)
        {
            throw new StorageUnavailableException("The storage was too slow to store the import. The import was not accepted.", new TimeoutException());
        }

        if (await TryWriteAcceptanceAsync(id, lastAccepted + 1, cancellationToken))
        {
            return record;
        }

        await foreach (var file in files.ListAsync(GetPath(id, ""), cancellationToken))
        {
            await files.DeleteAsync(file.Path, cancellationToken);
        }

        return null;
    }

    /// <summary>Gets the number of the import that was accepted last; 0 if none was.</summary>
    public async Task<int> GetLastAcceptedAsync(CancellationToken cancellationToken) =>
        (await ListAsync(AcceptedPrefix, cancellationToken)) is [.., var last]
            ? int.Parse(last.AsSpan(AcceptedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>Gets the IDs of accepted imports that are not finished, in the order in which they were accepted.</summary>
    public async Task<IReadOnlyList<string>> GetPendingIdsAsync(CancellationToken cancellationToken)
    {
        List<string> pending = [.. (await ListAsync(LegacyPendingPrefix, cancellationToken)).Select(path => path[LegacyPendingPrefix.Length..])];

        // Only the last one can be pending: while it is, no other is accepted.
        if (await GetLastAcceptedAsync(cancellationToken) is > 0 and var number
            && await files.ReadAsync(GetAcceptancePath(number), cancellationToken) is { } content
            && Encoding.UTF8.GetString(content) is var id
            && await GetOutcomeAsync(id, cancellationToken) is null)
        {
            pending.Add(id);
        }

        return pending;
    }

    /// <summary>Gets the IDs of all imports that have a plan, the latest first. The newest may not be accepted yet.</summary>
    public async Task<IReadOnlyList<string>> GetIdsAsync(CancellationToken cancellationToken) =>
        [.. (await ListAsync(ImportsPrefix, cancellationToken))
            .Where(path => path.EndsWith("/" + PlanName, StringComparison.Ordinal))
            .Select(path => path[ImportsPrefix.Length..^(PlanName.Length + 1)])
            .Reverse()];

    /// <summary>Finds the accepted import of a request with this key since a time; null if there is none.</summary>
    public async Task<ImportRecord?> FindRepeatedAsync(RepeatableRequest request, DateTimeOffset since, CancellationToken cancellationToken)
    {
        foreach (var id in (await GetIdsAsync(cancellationToken)).TakeWhile(id => string.CompareOrdinal(id, FormatTime(since)) >= 0))
        {
            if (await GetRecordAsync(id, cancellationToken) is { } record && record.Request?.Key == request.Key
                && (await GetOutcomeAsync(id, cancellationToken) is not null || (await GetPendingIdsAsync(cancellationToken)).Contains(id)))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>Gets an import; null if none has this ID.</summary>
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

    /// <summary>Reads the document of an import; null if it does not exist.</summary>
    public Task<byte[]?> ReadDocumentAsync(string id, CancellationToken cancellationToken) => files.ReadAsync(GetPath(id, "document"), cancellationToken);

    public async Task<IReadOnlyList<ImportStep>> ReadStepsAsync(string id, int batch, CancellationToken cancellationToken) =>
        await ReadAsync<ImportStep[]>(GetPath(id, GetStepsFileName(batch)), cancellationToken) ?? throw CreateMissingFileException(id);

    /// <summary>Gets the numbers of the files of steps that are applied.</summary>
    public async Task<IReadOnlySet<int>> GetAppliedBatchesAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(GetPath(id, DonePrefix), cancellationToken))
            .Select(path => int.Parse(path.AsSpan(path.LastIndexOf('/') + 1, 6), NumberStyles.None, CultureInfo.InvariantCulture))
            .ToHashSet();

    /// <summary>Gets the baseline of an import that replaces the register, see <see cref="ImportReport.Baseline"/>; null if it has none.</summary>
    public async Task<IReadOnlyDictionary<string, string?>?> GetBaselineAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync<Dictionary<string, string?>>(GetPath(id, BaselineName), cancellationToken);

    public Task CompleteBatchAsync(string id, int batch, ImportBatchResult result, CancellationToken cancellationToken) =>
        WriteOnceAsync(GetPath(id, GetDoneFileName(batch)), result, cancellationToken);

    public Task<ImportOutcome?> GetOutcomeAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync<ImportOutcome>(GetPath(id, OutcomeName), cancellationToken);

    /// <summary>Writes the outcome and removes the import from the pending ones. Safe to repeat.</summary>
    /// <param name="otherConflicts">Conflicts of offices without a step.</param>
    public async Task CompleteAsync(ImportRecord record, IReadOnlyList<ImportConflict> otherConflicts, CancellationToken cancellationToken)
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
                new ImportOutcome(time.GetUtcNow(), results.Sum(result => result.Applied), [.. results.SelectMany(result => result.Conflicts), .. otherConflicts]),
                cancellationToken);
        }

        await files.DeleteAsync(LegacyPendingPrefix + record.Id, cancellationToken);
    }

    /// <summary>
    /// Deletes files older than <see cref="OrphanGracePeriod"/> of imports that were never accepted because their process
    /// ended before. Accepted imports are kept: they are part of the audit log.
    /// </summary>
    /// <returns>The number of deleted imports.</returns>
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

    private async Task<bool> TryWriteAcceptanceAsync(string id, int number, CancellationToken cancellationToken)
    {
        var path = GetAcceptancePath(number);
        var content = Encoding.UTF8.GetBytes(id);
        try
        {
            await files.WriteAsync(path, content, "text/plain", cancellationToken);
            return true;
        }
        catch (ConflictException)
        {
            return false;
        }
        catch (StorageUnavailableException e)
        {
            // The storage may still apply the write.
            throw new StorageUnavailableException(e.Message, e) { IsOutcomeUnknown = true };
        }
    }

    /// <summary>Writes a file unless another instance, or this one before a crash, has written it.</summary>
    private async Task WriteOnceAsync<T>(string path, T value, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(path, value, cancellationToken);
        }
        catch (ConflictException)
        {
            // The existing file is kept.
        }
    }

    // IDs come from URLs: an invalid one must not reach a file.
    private static bool IsValidId(string id) => id.Length is > 0 and <= 40 && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);

    private static string GetAcceptancePath(int number) => string.Create(CultureInfo.InvariantCulture, $"{AcceptedPrefix}{number:D10}");

    private static string GetPath(string id, string name) => $"{ImportsPrefix}{id}/{name}";

    private static string GetStepsFileName(int batch) => string.Create(CultureInfo.InvariantCulture, $"steps/{batch:D6}.json");

    private static string GetDoneFileName(int batch) => string.Create(CultureInfo.InvariantCulture, $"{DonePrefix}{batch:D6}.json");

    private static InvalidDataException CreateMissingFileException(string id) => new($"A file of the import {id} is missing.");
}
