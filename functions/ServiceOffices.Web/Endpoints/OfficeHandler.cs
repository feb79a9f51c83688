using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Offices and their events as editors see and write them.</summary>
internal sealed class OfficeHandler(RegisterEditor editor, IRegisterStore register, TimeProvider time, int maxBodyBytes)
{
    private const string MaxBytesSetting = "Editing:MaxBodyBytes";
    private const string MergePatchType = "application/merge-patch+json";
    private const string JsonType = "application/json";

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

    public async ValueTask<Reply> HandleOfficeAsync(RegisterContext context, string id, CancellationToken cancellationToken)
    {
        var url = $"{context.RootPath}/offices/{id}";
        if (context.IsRead)
        {
            return await ReadAsync(context, id, entry => EditReply.CreateEntryReply(entry, null), cancellationToken);
        }

        var isPut = HttpMethods.IsPut(context.Request.Method);
        var (condition, conditionProblem) = ParsePreconditions(context, mayCreate: isPut);
        if (conditionProblem is not null)
        {
            return conditionProblem.ToReply();
        }

        if (HttpMethods.IsDelete(context.Request.Method))
        {
            return context.Reason is null
                ? new HttpProblem(StatusCodes.Status400BadRequest, $"A removal must say why: {RegisterContext.ReasonOption}=… in the address. The audit keeps it.").ToReply()
                : EditReply.Create(await editor.RemoveOfficeAsync(id, condition!, context.CreateSignature(time), cancellationToken), url);
        }

        var (row, rowProblem) = await ReadRowAsync(context, EditForm.Offices, isPut ? JsonType : MergePatchType, cancellationToken);
        if (row is null)
        {
            return rowProblem!.ToReply();
        }

        return EditReply.Create(
            isPut
                ? await editor.PutOfficeAsync(id, row, condition!, context.CreateSignature(time), cancellationToken)
                : await editor.PatchOfficeAsync(id, row, condition!, context.CreateSignature(time), cancellationToken),
            url);
    }

    public async ValueTask<Reply> HandleEventsAsync(RegisterContext context, string id, CancellationToken cancellationToken)
    {
        if (context.IsRead)
        {
            return await ReadAsync(
                context, id, entry => EditJson.CreateReply(entry.Entry.Events) with { ETag = new EntityTag(VersionTag.Create(entry)) }, cancellationToken);
        }

        // Two editors may each add an event: neither takes anything from the other.
        var (condition, conditionProblem) = context.Request.Headers.IfMatch.Count + context.Request.Headers.IfNoneMatch.Count == 0
            ? (VersionCondition.Any, context.ValidateOptions(RegisterContext.ReasonOption))
            : ParsePreconditions(context, mayCreate: false);
        if (conditionProblem is not null)
        {
            return conditionProblem.ToReply();
        }

        var (row, rowProblem) = await ReadRowAsync(context, EditForm.Events, JsonType, cancellationToken);
        if (row is null)
        {
            return rowProblem!.ToReply();
        }

        var result = await editor.AddEventAsync(id, row, condition!, context.CreateSignature(time), cancellationToken);
        var url = string.Create(CultureInfo.InvariantCulture, $"{context.RootPath}/offices/{id}/events/{result.EventNumber}");
        return result is { Status: EditStatus.Changed, Entry: { } entry, EventNumber: { } number }
            ? EditReply.CreateEntryReply(entry, number, StatusCodes.Status201Created).WithHeader("Location", url)
            : EditReply.Create(result, $"{context.RootPath}/offices/{id}/events");
    }

    public async ValueTask<Reply> HandleEventAsync(RegisterContext context, string id, int number, CancellationToken cancellationToken)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"{context.RootPath}/offices/{id}/events/{number}");
        if (context.IsRead)
        {
            return await ReadAsync(
                context, id,
                entry => entry.Entry.Events.Any(lifecycleEvent => lifecycleEvent.Number == number) ? EditReply.CreateEntryReply(entry, number) : EditReply.NotFound(url).ToReply(),
                cancellationToken);
        }

        var isPut = HttpMethods.IsPut(context.Request.Method);
        var (condition, conditionProblem) = ParsePreconditions(context, mayCreate: isPut);
        if (conditionProblem is not null)
        {
            return conditionProblem.ToReply();
        }

        if (HttpMethods.IsDelete(context.Request.Method))
        {
            return context.Reason is null
                ? new HttpProblem(StatusCodes.Status400BadRequest, $"A removal must say why: {RegisterContext.ReasonOption}=… in the address. The audit keeps it.").ToReply()
                : CreateRemovedReply(await editor.RemoveEventAsync(id, number, condition!, context.CreateSignature(time), cancellationToken), url);
        }

        var (row, rowProblem) = await ReadRowAsync(context, EditForm.Events, isPut ? JsonType : MergePatchType, cancellationToken);
        if (row is null)
        {
            return rowProblem!.ToReply();
        }

        return EditReply.Create(
            isPut
                ? await editor.PutEventAsync(id, number, row, condition!, context.CreateSignature(time), cancellationToken)
                : await editor.PatchEventAsync(id, number, row, condition!, context.CreateSignature(time), cancellationToken),
            url);
    }

    private static Reply CreateRemovedReply(EditResult result, string url) =>
        result.Status == EditStatus.Changed ? new Reply { Status = StatusCodes.Status204NoContent } : EditReply.Create(result, url);

    private async ValueTask<Reply> ReadAsync(RegisterContext context, string id, Func<StoredEntry, Reply> createReply, CancellationToken cancellationToken)
    {
        if (context.ValidateOptions() is { } problem)
        {
            return problem.ToReply();
        }

        return await editor.ReadAsync(id, cancellationToken) is { } entry ? createReply(entry) : EditReply.NotFound($"{context.RootPath}/offices/{id}").ToReply();
    }

    private static (VersionCondition? Condition, HttpProblem? Problem) ParsePreconditions(RegisterContext context, bool mayCreate) =>
        context.ValidateOptions(RegisterContext.ReasonOption) is { } problem ? (null, problem) : EditPreconditions.Parse(context.Request.Headers, mayCreate);

    /// <summary>What the content says of one entity.</summary>
    private async ValueTask<(EditRow? Row, HttpProblem? Problem)> ReadRowAsync(
        RegisterContext context, EditForm form, string mediaType, CancellationToken cancellationToken)
    {
        var contentType = GetMediaType(context.Request);
        if (contentType != mediaType && contentType != JsonType)
        {
            return (null, new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {mediaType}; got '{contentType}'."));
        }

        var (content, problem) = await RequestBodyReader.ReadAsync(context.Request, maxBodyBytes, MaxBytesSetting, cancellationToken);
        if (problem is not null)
        {
            return (null, problem);
        }

        using var json = StrictJson.Parse(content, out var rowProblem);
        return json is null
            ? (null, new HttpProblem(
                StatusCodes.Status400BadRequest, $"The content must be a JSON object in UTF-8, each member named once; there is {rowProblem}."))
            : json.RootElement.ValueKind == JsonValueKind.Object
                ? (JsonRowParser.Parse(form, json.RootElement, 0, allowComputed: false), null)
                : (null, new HttpProblem(StatusCodes.Status400BadRequest, "The content must be a JSON object."));
    }

    internal static string GetMediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>An office that cannot be read whole, told to who can repair it.</summary>
    public static HttpProblem CreateUnreadableProblem(UnreadableEntryException unreadable) => new(
        StatusCodes.Status409Conflict, unreadable.Message + " Write it anew by PUT with If-Match: *.")
    {
        ExtensionMembers = new JsonObject
        {
            ["rows"] = new JsonArray([.. unreadable.Rejected.Select(row => EditJson.ToNode(new { row.OfficeId, row.EventNumber, Problems = EditJson.ToProblemArray(row.Problems) }))]),
        },
    };
}
