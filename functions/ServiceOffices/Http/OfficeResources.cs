using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>Offices and their events as editors see and write them.</summary>
internal sealed class OfficeResources(RegisterEditor editor, IRegisterStore register, TimeProvider time, int maxBodyBytes)
{
    private const string BodySetting = "Editing:MaxBodyBytes";
    private const string MergePatch = "application/merge-patch+json";
    private const string Json = "application/json";

    public async ValueTask<Reply> ListAsync(RegisterCall call, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        var content = await register.ReadAllAsync(cancellationToken);
        return EditingJson.Reply(new
        {
            Offices = content.Entries.Select(stored => new
            {
                Etag = new EntityTag(VersionTag.Of(stored)).Header,
                stored.Version,
                stored.Entry.Office,
                stored.Entry.Events,
            }),
            Unreadable = content.Rejected.Select(row => new { row.OfficeId, row.EventNumber, Problems = EditingJson.Problems(row.Problems) }),
        });
    }

    public async ValueTask<Reply> ExportAsync(RegisterCall call, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        var json = RegisterExport.Json(await register.ReadAllAsync(cancellationToken));
        return new Reply { MediaType = Json, Body = Payload.Of(json), ETag = ContentTag.Of(json) }
            .With("Content-Disposition", "attachment; filename=\"register.json\"");
    }

    public async ValueTask<Reply> OfficeAsync(RegisterCall call, string id, CancellationToken cancellationToken)
    {
        var address = $"{call.Root}/offices/{id}";
        if (call.IsRead)
        {
            return await ReadAsync(call, id, entry => EditReply.Body(entry, null), cancellationToken);
        }

        var isPut = HttpMethods.IsPut(call.Request.Method);
        var (condition, refusal) = Conditions(call, mayCreate: isPut);
        if (refusal is not null)
        {
            return refusal.ToReply();
        }

        if (HttpMethods.IsDelete(call.Request.Method))
        {
            return call.Reason is null
                ? new HttpProblem(StatusCodes.Status400BadRequest, $"A removal must say why: {RegisterCall.ReasonOption}=… in the address. The audit keeps it.").ToReply()
                : EditReply.Of(await editor.RemoveOfficeAsync(id, condition!, call.Sign(time), cancellationToken), address);
        }

        var (row, wrong) = await RowAsync(call, Form.Offices, isPut ? Json : MergePatch, cancellationToken);
        if (row is null)
        {
            return wrong!.ToReply();
        }

        return EditReply.Of(
            isPut
                ? await editor.PutOfficeAsync(id, row, condition!, call.Sign(time), cancellationToken)
                : await editor.PatchOfficeAsync(id, row, condition!, call.Sign(time), cancellationToken),
            address);
    }

    public async ValueTask<Reply> EventsAsync(RegisterCall call, string id, CancellationToken cancellationToken)
    {
        if (call.IsRead)
        {
            return await ReadAsync(
                call, id, entry => EditingJson.Reply(entry.Entry.Events) with { ETag = new EntityTag(VersionTag.Of(entry)) }, cancellationToken);
        }

        // Two editors may each add an event: neither takes anything from the other.
        var (condition, refusal) = call.Request.Headers.IfMatch.Count + call.Request.Headers.IfNoneMatch.Count == 0
            ? (VersionCondition.Any, call.OptionProblem(RegisterCall.ReasonOption))
            : Conditions(call, mayCreate: false);
        if (refusal is not null)
        {
            return refusal.ToReply();
        }

        var (row, wrong) = await RowAsync(call, Form.Events, Json, cancellationToken);
        if (row is null)
        {
            return wrong!.ToReply();
        }

        var result = await editor.AddEventAsync(id, row, condition!, call.Sign(time), cancellationToken);
        var address = string.Create(CultureInfo.InvariantCulture, $"{call.Root}/offices/{id}/events/{result.EventNumber}");
        return result is { Status: EditStatus.Changed, Entry: { } entry, EventNumber: { } number }
            ? EditReply.Body(entry, number, StatusCodes.Status201Created).With("Location", address)
            : EditReply.Of(result, $"{call.Root}/offices/{id}/events");
    }

    public async ValueTask<Reply> EventAsync(RegisterCall call, string id, int number, CancellationToken cancellationToken)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"{call.Root}/offices/{id}/events/{number}");
        if (call.IsRead)
        {
            return await ReadAsync(
                call, id,
                entry => entry.Entry.Events.Any(happened => happened.Number == number) ? EditReply.Body(entry, number) : EditReply.NotFound(address).ToReply(),
                cancellationToken);
        }

        var isPut = HttpMethods.IsPut(call.Request.Method);
        var (condition, refusal) = Conditions(call, mayCreate: isPut);
        if (refusal is not null)
        {
            return refusal.ToReply();
        }

        if (HttpMethods.IsDelete(call.Request.Method))
        {
            return call.Reason is null
                ? new HttpProblem(StatusCodes.Status400BadRequest, $"A removal must say why: {RegisterCall.ReasonOption}=… in the address. The audit keeps it.").ToReply()
                : Gone(await editor.RemoveEventAsync(id, number, condition!, call.Sign(time), cancellationToken), address);
        }

        var (row, wrong) = await RowAsync(call, Form.Events, isPut ? Json : MergePatch, cancellationToken);
        if (row is null)
        {
            return wrong!.ToReply();
        }

        return EditReply.Of(
            isPut
                ? await editor.PutEventAsync(id, number, row, condition!, call.Sign(time), cancellationToken)
                : await editor.PatchEventAsync(id, number, row, condition!, call.Sign(time), cancellationToken),
            address);
    }

    private static Reply Gone(EditResult result, string address) =>
        result.Status == EditStatus.Changed ? new Reply { Status = StatusCodes.Status204NoContent } : EditReply.Of(result, address);

    private async ValueTask<Reply> ReadAsync(RegisterCall call, string id, Func<StoredEntry, Reply> reply, CancellationToken cancellationToken)
    {
        if (call.OptionProblem() is { } problem)
        {
            return problem.ToReply();
        }

        return await editor.ReadAsync(id, cancellationToken) is { } entry ? reply(entry) : EditReply.NotFound($"{call.Root}/offices/{id}").ToReply();
    }

    private static (VersionCondition? Condition, HttpProblem? Problem) Conditions(RegisterCall call, bool mayCreate) =>
        call.OptionProblem(RegisterCall.ReasonOption) is { } problem ? (null, problem) : EditConditions.Of(call.Request.Headers, mayCreate);

    /// <summary>What the content says of one entity.</summary>
    private async ValueTask<(FormRow? Row, HttpProblem? Problem)> RowAsync(
        RegisterCall call, Form form, string mediaType, CancellationToken cancellationToken)
    {
        var given = MediaType(call.Request);
        if (given != mediaType && given != Json)
        {
            return (null, new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {mediaType}; got '{given}'."));
        }

        var (content, problem) = await RequestContent.ReadAsync(call.Request, maxBodyBytes, BodySetting, cancellationToken);
        if (problem is not null)
        {
            return (null, problem);
        }

        using var json = JsonContent.Parse(content, out var wrong);
        return json is null
            ? (null, new HttpProblem(
                StatusCodes.Status400BadRequest, $"The content must be a JSON object in UTF-8, each member named once; there is {wrong}."))
            : json.RootElement.ValueKind == JsonValueKind.Object
                ? (JsonForm.Read(form, json.RootElement, 0, allowComputed: false), null)
                : (null, new HttpProblem(StatusCodes.Status400BadRequest, "The content must be a JSON object."));
    }

    internal static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>An office that cannot be read whole, told to who can repair it.</summary>
    public static HttpProblem Unreadable(UnreadableEntryException unreadable) => new(
        StatusCodes.Status409Conflict, unreadable.Message + " Write it anew by PUT with If-Match: *.")
    {
        Members = new JsonObject
        {
            ["rows"] = new JsonArray([.. unreadable.Rejected.Select(row => EditingJson.Node(new { row.OfficeId, row.EventNumber, Problems = EditingJson.Problems(row.Problems) }))]),
        },
    };
}
