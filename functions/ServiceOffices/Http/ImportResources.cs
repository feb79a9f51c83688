using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;

namespace ServiceOffices.Http;

/// <summary>Imports: taken in, looked at, told of.</summary>
internal sealed class ImportResources(Importer importer, ImportStore imports, EditingOptions options)
{
    private const string SizeSetting = "Editing:MaxImportBytes";
    private const string RetryAfterSeconds = "2";

    public async ValueTask<Reply> ListAsync(RegisterCall call, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        var pending = await imports.PendingAsync(cancellationToken);
        return EditingJson.Reply(new
        {
            Imports = (await imports.AllAsync(cancellationToken)).Select(id => new { Id = id, IsPending = pending.Contains(id), Location = $"{call.Root}/imports/{id}" }),
        });
    }

    public async ValueTask<Reply> ProgressAsync(RegisterCall call, string id, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        return await imports.ProgressAsync(id, cancellationToken) is { } progress
            ? EditingJson.Reply(Told(progress))
            : EditReply.NotFound($"{call.Root}/imports/{id}").ToReply();
    }

    public async ValueTask<Reply> RetryAsync(RegisterCall call, string id, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        return await importer.RetryAsync(id, call.Editor.Name, cancellationToken) is { } answer
            ? Answer(call, answer)
            : EditReply.NotFound($"{call.Root}/imports/{id}").ToReply();
    }

    public async ValueTask<Reply> ImportAsync(RegisterCall call, CancellationToken cancellationToken)
    {
        if ((call.OptionProblem("mode", "dryRun", "confirm", "delimiter")
            ?? Choice(call, "mode", "merge", "replace") ?? Choice(call, "dryRun", "true", "false") ?? Choice(call, "confirm", "true", "false")
            ?? Choice(call, "delimiter", "comma", "semicolon")) is { } problem)
        {
            return problem.ToReply();
        }

        var mediaType = OfficeResources.MediaType(call.Request);
        if (mediaType is not ("text/csv" or "application/json"))
        {
            return new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be text/csv or application/json; got '{mediaType}'.").ToReply();
        }

        var (content, tooLarge) = await RequestContent.ReadAsync(call.Request, options.MaxImportBytes, SizeSetting, cancellationToken);
        if (tooLarge is not null)
        {
            return tooLarge.ToReply();
        }

        ImportRequest request = new(
            content,
            IsJson: mediaType == "application/json",
            call.Request.Query["mode"] == "replace" ? ImportMode.Replace : ImportMode.Merge,
            call.Request.Query["delimiter"] == "semicolon" ? ';' : ',')
        {
            ConfirmRemoval = call.Request.Query["confirm"] == "true",
        };
        return call.Request.Query["dryRun"] == "true"
            ? Report(await importer.LookAsync(request, cancellationToken), isDryRun: true)
            : Answer(call, await importer.AcceptAsync(request, call.Editor.Name, cancellationToken));
    }

    private static HttpProblem? Choice(RegisterCall call, string option, string one, string other) =>
        call.Request.Query[option] is [var value] && value != one && value != other
            ? new HttpProblem(StatusCodes.Status400BadRequest, $"{option} must be {one} or {other}; got '{value}'.")
            : null;

    private Reply Answer(RegisterCall call, ImportAnswer answer) => answer.Status switch
    {
        ImportStatus.Accepted => EditingJson.Reply(Told(new ImportProgress(answer.Record!, 0, null)), StatusCodes.Status202Accepted)
            .With("Location", $"{call.Root}/imports/{answer.Record!.Id}")
            .With("Retry-After", RetryAfterSeconds),
        ImportStatus.NothingToDo => Report(answer.Report, isDryRun: false),
        ImportStatus.Invalid => Report(answer.Report, isDryRun: false),
        ImportStatus.Busy => new HttpProblem(
            StatusCodes.Status409Conflict, "Another import is being applied; nothing was written. Try again when it is finished.").ToReply().With("Retry-After", RetryAfterSeconds),
        _ => new HttpProblem(
            StatusCodes.Status409Conflict,
            $"This would remove {answer.Report.Offices.Removed} offices, more than {options.MaxRemovedPercent} percent of the register (Editing:MaxRemovedPercent); nothing was written. Add confirm=true if it is meant.")
        {
            Members = new JsonObject { ["offices"] = EditingJson.Node(answer.Report.Offices) },
        }.ToReply(),
    };

    private Reply Report(ImportReport report, bool isDryRun)
    {
        var body = new
        {
            Mode = Name(report.Mode),
            DryRun = isDryRun,
            report.Offices,
            NeedsConfirmation = report.Offices.RemovesMoreThan(options.MaxRemovedPercent),
            report.Differences,
            report.ProblemCount,
            report.Problems,
            report.QuestionCount,
            report.Questions,
        };
        if (report.Problems.Count == 0)
        {
            return EditingJson.Reply(body);
        }

        var problems = report.ProblemCount == 1 ? "one problem" : $"{report.ProblemCount} problems";
        return new HttpProblem(
            StatusCodes.Status422UnprocessableEntity, $"The document has {problems}; nothing was written. The first: {report.Problems[0].Message}")
        {
            Members = (JsonObject)EditingJson.Node(body)!,
        }.ToReply();
    }

    private static string Name(ImportMode mode) => mode == ImportMode.Replace ? "replace" : "merge";

    private static object Told(ImportProgress progress) => new
    {
        progress.Record.Id,
        State = progress.Outcome is null ? "underWay" : progress.Outcome.Conflicts.Count == 0 ? "completed" : "completedWithConflicts",
        Mode = Name(progress.Record.Mode),
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
