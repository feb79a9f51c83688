using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Handles requests of editors to imports.</summary>
internal sealed class ImportHandler(Importer importer, ImportStore imports, RequestContentLimiter contentLimiter, IdempotencyKeys keys, EditingOptions options)
{
    private const string MaxBytesSetting = "Editing:MaxImportBytes";
    private const int RetryAfterSeconds = 2;

    public async ValueTask<Reply> ListAsync(RegisterContext context, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        var pending = await imports.GetPendingIdsAsync(cancellationToken);
        return EditJson.CreateReply(new
        {
            Imports = (await imports.GetIdsAsync(cancellationToken)).Select(id => new { Id = id, IsPending = pending.Contains(id), Location = $"{context.RootPath}/imports/{id}" }),
        });
    }

    public async ValueTask<Reply> GetProgressAsync(RegisterContext context, string id, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        return await imports.GetProgressAsync(id, cancellationToken) is { } progress
            ? EditJson.CreateReply(ToDto(progress))
            : EditReply.NotFound($"{context.RootPath}/imports/{id}").ToReply();
    }

    public async ValueTask<Reply> RetryAsync(RegisterContext context, string id, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        return await importer.RetryAsync(id, context.Editor.Name, cancellationToken) is { } result
            ? CreateReply(context, result)
            : EditReply.NotFound($"{context.RootPath}/imports/{id}").ToReply();
    }

    public async ValueTask<Reply> ImportAsync(RegisterContext context, CancellationToken cancellationToken)
    {
        if ((context.ValidateOptions("mode", "dryRun", "confirm", "delimiter")
            ?? context.ValidateChoice("mode", "merge", "replace") ?? context.ValidateChoice("dryRun", "true", "false") ?? context.ValidateChoice("confirm", "true", "false")
            ?? context.ValidateChoice("delimiter", "comma", "semicolon")) is { } problem)
        {
            return problem.ToReply();
        }

        var mediaType = OfficeHandler.GetMediaType(context.Request);
        if (mediaType is not ("text/csv" or "application/json"))
        {
            return new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be text/csv or application/json; got '{mediaType}'.").ToReply();
        }

        if (!(await RequestBodyReader.ReadAsync(context.Request, contentLimiter, options.MaxImportBytes, MaxBytesSetting, cancellationToken)).TryGetValue(out var content, out problem))
        {
            return problem.ToReply();
        }

        ImportRequest request = new(
            content,
            IsJson: mediaType == "application/json",
            context.Request.Query["mode"] == "replace" ? ImportMode.Replace : ImportMode.Merge,
            context.Request.Query["delimiter"] == "semicolon" ? ';' : ',')
        {
            ConfirmRemoval = context.Request.Query["confirm"] == "true",
        };
        return context.Request.Query["dryRun"] == "true"
            ? CreateReportReply(await importer.PreviewAsync(request, cancellationToken), isDryRun: true)
            : await keys.ExecuteAsync(context, content, async repeatable =>
                CreateReply(context, await importer.AcceptAsync(request with { Request = repeatable }, context.Editor.Name, cancellationToken)));
    }

    private Reply CreateReply(RegisterContext context, ImportResult result) => result.Status switch
    {
        ImportStatus.Accepted or ImportStatus.Repeated => EditJson.CreateReply(ToDto(new ImportProgress(result.Record!, 0, null)), StatusCodes.Status202Accepted)
            .WithHeader("Location", $"{context.RootPath}/imports/{result.Record!.Id}")
            .WithRetryAfter(RetryAfterSeconds),
        ImportStatus.KeyReused => IdempotencyKeys.CreateReusedProblem().ToReply(),
        ImportStatus.Overtaken => new HttpProblem(
            StatusCodes.Status409Conflict,
            "Another import was accepted while this one was compared with the register. Nothing was written. Try again, so that the import is compared with the result of the other one.")
            .ToReply().WithRetryAfter(RetryAfterSeconds),
        ImportStatus.NoChanges => CreateReportReply(result.Report, isDryRun: false),
        ImportStatus.Invalid => CreateReportReply(result.Report, isDryRun: false),
        ImportStatus.Busy => new HttpProblem(
            StatusCodes.Status409Conflict, "Another import is being applied. Nothing was written. Try again when it has finished.").ToReply().WithRetryAfter(RetryAfterSeconds),
        _ => new HttpProblem(
            StatusCodes.Status409Conflict,
            $"The import would remove {result.Report.Offices.Removed} of {result.Report.Offices.Existing} offices (limit {options.MaxRemovedPercent} %, Editing:MaxRemovedPercent). Nothing was written. Repeat with confirm=true to allow it.")
        {
            ExtensionMembers = new JsonObject { ["offices"] = EditJson.ToNode(result.Report.Offices) },
        }.ToReply(),
    };

    private Reply CreateReportReply(ImportReport report, bool isDryRun)
    {
        var body = new
        {
            Mode = FormatMode(report.Mode),
            DryRun = isDryRun,
            report.Offices,
            NeedsConfirmation = report.Offices.RemovesMoreThan(options.MaxRemovedPercent),
            report.Differences,
            report.ProblemCount,
            report.ProblemGroups,
            report.Problems,
            report.QuestionCount,
            report.Questions,
        };
        if (report.Problems.Count == 0)
        {
            return EditJson.CreateReply(body);
        }

        var problems = report.ProblemCount == 1 ? "one problem" : $"{report.ProblemCount} problems";
        return new HttpProblem(
            StatusCodes.Status422UnprocessableEntity, $"The document has {problems}. Nothing was written. First problem: {report.Problems[0].Message}")
        {
            ExtensionMembers = (JsonObject)EditJson.ToNode(body)!,
        }.ToReply();
    }

    private static string FormatMode(ImportMode mode) => mode == ImportMode.Replace ? "replace" : "merge";

    private static object ToDto(ImportProgress progress) => new
    {
        progress.Record.Id,
        State = progress.Outcome is null ? "underWay" : progress.Outcome.Conflicts.Count == 0 ? "completed" : "completedWithConflicts",
        Mode = FormatMode(progress.Record.Mode),
        progress.Record.By,
        progress.Record.At,
        progress.Record.Offices,
        progress.Done,
        progress.Total,
        FinishedAt = progress.Outcome?.At,
        progress.Outcome?.Applied,
        Conflicts = progress.Outcome?.Conflicts ?? [],
    };
}
