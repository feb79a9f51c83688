using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Imports;

/// <summary>Validates documents, reports the changes that they would make, and stores accepted ones to be applied.</summary>
public sealed class Importer(
    IRegisterStore register, ImportStore imports, EditValidator rules, EditingOptions options, BackgroundPublisher publisher, TimeProvider time)
{
    /// <summary>Computes the changes that a document would make. Nothing is written.</summary>
    public async Task<ImportReport> PreviewAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var document = request.IsJson ? JsonImportReader.Read(request.Content) : CsvImportReader.Read(request.Content, request.Delimiter);
        var content = await register.ReadAllAsync(cancellationToken);
        return new ImportPlanner(content, rules, request.Mode, LocalDate.InStockholm(time.GetUtcNow())).Plan(document);
    }

    /// <summary>Accepts a document without problems, and requests that it is applied and published.</summary>
    public async Task<ImportResult> AcceptAsync(ImportRequest request, string by, CancellationToken cancellationToken)
    {
        if (request.Request is { } repeatable
            && await imports.FindRepeatedAsync(repeatable, time.GetUtcNow() - options.IdempotencyPeriod, cancellationToken) is { } earlier)
        {
            var status = earlier.Request!.Fingerprint == repeatable.Fingerprint ? ImportStatus.Repeated : ImportStatus.KeyReused;
            return new ImportResult(status, ImportReport.CreateEmpty(request.Mode), earlier);
        }

        // Read before the register: an import that is accepted in between makes the report obsolete, and the acceptance fails.
        var lastAccepted = await imports.GetLastAcceptedAsync(cancellationToken);

        // While an import is being applied, the register may contain half of it, so that no difference to it is right.
        var isBusy = await imports.GetPendingIdsAsync(cancellationToken) is not [];
        var report = await PreviewAsync(request, cancellationToken);
        if (report.Problems.Count > 0)
        {
            return new ImportResult(ImportStatus.Invalid, report);
        }

        if (isBusy)
        {
            publisher.RequestPublish();
            return new ImportResult(ImportStatus.Busy, report);
        }

        if (report.Steps.Count == 0)
        {
            return new ImportResult(ImportStatus.NoChanges, report);
        }

        if (!request.ConfirmRemoval && report.Offices.RemovesMoreThan(options.MaxRemovedPercent))
        {
            return new ImportResult(ImportStatus.NeedsConfirmation, report);
        }

        var record = await imports.AcceptAsync(request, report, by, lastAccepted, cancellationToken);
        publisher.RequestPublish();
        return record is null ? new ImportResult(ImportStatus.Overtaken, report) : new ImportResult(ImportStatus.Accepted, report, record);
    }

    /// <summary>Imports the document of an earlier import again, compared with the current register; null if no import has this ID.</summary>
    public async Task<ImportResult?> RetryAsync(string id, string by, CancellationToken cancellationToken)
    {
        if (await imports.GetRecordAsync(id, cancellationToken) is not { } record || await imports.ReadDocumentAsync(id, cancellationToken) is not { } document)
        {
            return null;
        }

        ImportRequest request = new(document, record.IsJson, record.Mode, record.Delimiter) { ConfirmRemoval = record.Offices.Removed > 0 };
        return await AcceptAsync(request, by, cancellationToken);
    }
}
