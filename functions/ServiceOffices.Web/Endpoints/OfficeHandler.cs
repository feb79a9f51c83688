using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Handles requests of editors to offices and their events.</summary>
internal sealed class OfficeHandler(RegisterEditor editor, IRegisterStore register, TimeProvider time, RequestContentLimiter contentLimiter, IdempotencyKeys keys, int maxBodyBytes)
{
    private const string MaxBytesSetting = "Editing:MaxBodyBytes";
    private const string MergePatchType = "application/merge-patch+json";
    private const string JsonType = "application/json";
    private const string AllowDuplicateOption = "allowDuplicate";

    public async ValueTask<Reply> ListAsync(RegisterContext context, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        var content = await register.ReadAllAsync(cancellationToken);
        return EditJson.CreateReply(new
        {
            Offices = content.Entries.Select(stored => new
            {
                Etag = new EntityTag(VersionTag.Create(stored)).HeaderValue,
                stored.Version,
                stored.Entry.Office,
                stored.Entry.Events,
            }),
            Unreadable = content.Rejected.Select(row => new { row.OfficeId, row.EventNumber, Problems = EditJson.ToProblemArray(row.Problems) }),
        });
    }

    public async ValueTask<Reply> ExportAsync(RegisterContext context, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        var json = RegisterExport.ToJson(await register.ReadAllAsync(cancellationToken));
        return new Reply { MediaType = JsonType, Body = ReplyBody.From(json), ETag = ContentETag.Compute(json) }
            .WithHeader("Content-Disposition", "attachment; filename=\"register.json\"");
    }

    /// <summary>Handles an office or, if there is a number, one of its events.</summary>
    public async ValueTask<Reply> HandleAsync(RegisterContext context, string officeId, int? eventNumber, CancellationToken cancellationToken)
    {
        var url = GetUrl(context, officeId, eventNumber);
        if (context.IsRead)
        {
            return await ReadAsync(
                context, officeId,
                entry => eventNumber is null || entry.FindEvent(eventNumber) is not null ? EditReply.CreateEntryReply(entry, eventNumber) : EditReply.NotFound(url).ToReply(),
                cancellationToken);
        }

        var isPut = HttpMethods.IsPut(context.Request.Method);
        if (!ParsePreconditions(context, canCreate: isPut).TryGetValue(out var condition, out var problem))
        {
            return problem.ToReply();
        }

        var signature = context.CreateSignature(time);
        if (HttpMethods.IsDelete(context.Request.Method))
        {
            return await RemoveAsync(officeId, eventNumber, condition, signature, url, cancellationToken);
        }

        var form = eventNumber is null ? EditForm.Offices : EditForm.Events;
        if (!(await ReadRowAsync(context, form, isPut ? JsonType : MergePatchType, cancellationToken)).TryGetValue(out var row, out problem))
        {
            return problem.ToReply();
        }

        var result = (eventNumber, isPut) switch
        {
            ({ } number, true) => editor.PutEventAsync(officeId, number, row, condition, signature, cancellationToken),
            ({ } number, false) => editor.PatchEventAsync(officeId, number, row, condition, signature, cancellationToken),
            (null, true) => editor.PutOfficeAsync(officeId, row, condition, signature, cancellationToken),
            (null, false) => editor.PatchOfficeAsync(officeId, row, condition, signature, cancellationToken),
        };
        return EditReply.Create(await result, officeId, url);
    }

    private async ValueTask<Reply> RemoveAsync(
        string officeId, int? eventNumber, VersionCondition condition, Signature signature, string url, CancellationToken cancellationToken)
    {
        if (signature.Reason is null)
        {
            return HttpProblem.BadRequest($"Deleting requires a reason. Add ?{RegisterContext.ReasonOption}=… to the URL.").ToReply();
        }

        var result = eventNumber is { } number
            ? await editor.RemoveEventAsync(officeId, number, condition, signature, cancellationToken)
            : await editor.RemoveOfficeAsync(officeId, condition, signature, cancellationToken);

        // The removal of an event changes its office.
        return result.Status == EditStatus.Changed ? new Reply { Status = StatusCodes.Status204NoContent } : EditReply.Create(result, officeId, url);
    }

    /// <summary>Handles the events of an office.</summary>
    public async ValueTask<Reply> HandleEventsAsync(RegisterContext context, string officeId, CancellationToken cancellationToken)
    {
        if (context.IsRead)
        {
            return await ReadAsync(
                context, officeId, entry => EditJson.CreateReply(entry.Entry.Events) with { ETag = new EntityTag(VersionTag.Create(entry)) }, cancellationToken);
        }

        // Without a condition, an event is added to any version: two editors who each add an event do not overwrite each other.
        var hasCondition = context.Request.Headers.IfMatch.Count + context.Request.Headers.IfNoneMatch.Count > 0;
        Result<VersionCondition, HttpProblem> parsed = hasCondition ? EditPreconditions.Parse(context.Request.Headers, canCreate: false)
            : VersionCondition.Any;
        if (context.ValidateOptions(RegisterContext.ReasonOption, AllowDuplicateOption) is { } problem
            || (problem = context.ValidateChoice(AllowDuplicateOption, "true", "false")) is not null
            || !parsed.TryGetValue(out var condition, out problem)
            || !(await ReadContentAsync(context, JsonType, cancellationToken)).TryGetValue(out var content, out problem)
            || !ParseRow(EditForm.Events, content).TryGetValue(out var row, out problem))
        {
            return problem.ToReply();
        }

        return await keys.ExecuteAsync(context, content, async request =>
        {
            var result = await editor.AddEventAsync(
                officeId, row, condition, context.CreateSignature(time) with { Request = request }, context.Request.Query[AllowDuplicateOption] == "true", cancellationToken);
            return CreateAddedReply(context, result, officeId);
        });
    }

    private static Reply CreateAddedReply(RegisterContext context, EditResult result, string officeId)
    {
        var url = GetUrl(context, officeId, null) + "/events";
        return result switch
        {
            { Status: EditStatus.Changed or EditStatus.Repeated, Entry: { } entry, EventNumber: { } number } when entry.FindEvent(number) is not null =>
                EditReply.CreateEntryReply(entry, number, StatusCodes.Status201Created).WithHeader("Location", GetUrl(context, officeId, number)),
            { Status: EditStatus.Repeated } => new HttpProblem(
                StatusCodes.Status410Gone, $"The request was executed before and added the event {result.EventNumber}, which has been removed since.").ToReply(),
            { Status: EditStatus.KeyReused } => IdempotencyKeys.CreateReusedProblem().ToReply(),
            { Status: EditStatus.DuplicateEvent } => new HttpProblem(
                StatusCodes.Status409Conflict,
                $"The office already has an event with the same values: {url}/{result.EventNumber}. Nothing was written. To add another one, repeat the request with {AllowDuplicateOption}=true.").ToReply(),
            _ => EditReply.Create(result, officeId, url),
        };
    }

    private static string GetUrl(RegisterContext context, string officeId, int? eventNumber) => eventNumber is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"{context.RootPath}/offices/{officeId}/events/{number}")
        : $"{context.RootPath}/offices/{officeId}";

    private async ValueTask<Reply> ReadAsync(RegisterContext context, string officeId, Func<StoredEntry, Reply> createReply, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        return await editor.ReadAsync(officeId, cancellationToken) is { } entry ? createReply(entry) : EditReply.NotFound(GetUrl(context, officeId, null)).ToReply();
    }

    private static Result<VersionCondition, HttpProblem> ParsePreconditions(RegisterContext context, bool canCreate) =>
        context.ValidateOptions(RegisterContext.ReasonOption) is { } problem ? problem : EditPreconditions.Parse(context.Request.Headers, canCreate);

    /// <summary>Reads one office or event from the content.</summary>
    private async ValueTask<Result<EditRow, HttpProblem>> ReadRowAsync(
        RegisterContext context, EditForm form, string mediaType, CancellationToken cancellationToken)
    {
        return (await ReadContentAsync(context, mediaType, cancellationToken)).TryGetValue(out var content, out var problem) ? ParseRow(form, content) : problem;
    }

    private async ValueTask<Result<byte[], HttpProblem>> ReadContentAsync(RegisterContext context, string mediaType, CancellationToken cancellationToken)
    {
        var contentType = GetMediaType(context.Request);
        if (contentType != mediaType && contentType != JsonType)
        {
            return new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {mediaType}; got '{contentType}'.");
        }

        return await RequestBodyReader.ReadAsync(context.Request, contentLimiter, maxBodyBytes, MaxBytesSetting, cancellationToken);
    }

    private static Result<EditRow, HttpProblem> ParseRow(EditForm form, byte[] content)
    {
        if (!StrictJson.Parse(content).TryGetValue(out var json, out var jsonProblem))
        {
            return HttpProblem.BadRequest($"The content must be a JSON object in UTF-8 without duplicate members; found {jsonProblem}.");
        }

        using (json)
        {
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? JsonRowParser.Parse(form, json.RootElement, 0, allowComputed: false)
                : HttpProblem.BadRequest("The content must be a JSON object.");
        }
    }

    internal static string GetMediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Creates the problem of an office with unreadable rows, with the details needed to repair it.</summary>
    public static HttpProblem CreateUnreadableProblem(UnreadableEntryException unreadable) => new(
        StatusCodes.Status409Conflict, unreadable.Message + " Replace it by PUT with If-Match: *.")
    {
        ExtensionMembers = new JsonObject
        {
            ["rows"] = new JsonArray([.. unreadable.Rejected.Select(row => EditJson.ToNode(new { row.OfficeId, row.EventNumber, Problems = EditJson.ToProblemArray(row.Problems) }))]),
        },
    };
}
