using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Imports;

/// <summary>Takes documents in: looks at them whole, says what they would do, and writes ahead those that are accepted.</summary>
public sealed class Importer(
    IRegisterStore register, ImportStore imports, EditValidator rules, EditingOptions options, BackgroundPublisher publisher, TimeProvider time)
{
    /// <summary>What a document would do. Nothing is written.</summary>
    public async Task<ImportReport> PreviewAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var document = request.IsJson ? JsonImportReader.Read(request.Content) : CsvImportReader.Read(request.Content, request.Delimiter);
        var content = await register.ReadAllAsync(cancellationToken);
        return new ImportPlanner(content, rules, request.Mode, LocalDate.InStockholm(time.GetUtcNow())).Plan(document);
    }

    /// <summary>Accepts a document that has no problems, and asks for its being applied and published.</summary>
    public async Task<ImportResult> AcceptAsync(ImportRequest request, string by, CancellationToken cancellationToken)
    {
        // The register may hold half of it: no difference to it would be the right one.
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

        var record = await imports.AcceptAsync(request, report, by, cancellationToken);
        publisher.RequestPublish();
        return new ImportResult(ImportStatus.Accepted, report, record);
    }

    /// <summary>Takes in once more the document of an earlier import, as it now stands beside the register; null where there is none of that id.</summary>
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
