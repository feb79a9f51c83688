using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>What an edit came to, as an answer.</summary>
internal static class EditReply
{
    private const string RetryAfterSeconds = "5";

    /// <param name="url">The path of what was edited; for an event that was added, of the events.</param>
    public static Reply Create(EditResult result, string url) => result.Status switch
    {
        EditStatus.Created => CreateEntryReply(result, StatusCodes.Status201Created).WithHeader("Location", url),
        EditStatus.Changed or EditStatus.Unchanged => CreateEntryReply(result, StatusCodes.Status200OK),
        EditStatus.Removed => new Reply { Status = StatusCodes.Status204NoContent },
        EditStatus.NotFound => NotFound(url).ToReply(),
        EditStatus.VersionMismatch => CreateVersionMismatch(result),
        EditStatus.ImportInProgress => new HttpProblem(
            StatusCodes.Status409Conflict, "An import is being applied; nothing is removed beside it. Try again in a few seconds.").ToReply().WithHeader("Retry-After", RetryAfterSeconds),
        EditStatus.TooManyConflicts => new HttpProblem(
            StatusCodes.Status409Conflict, "Others wrote to this office at every try; nothing was written. Try again in a few seconds.").ToReply().WithHeader("Retry-After", RetryAfterSeconds),
        _ => new HttpProblem(StatusCodes.Status422UnprocessableEntity, $"Nothing was written: {string.Join(' ', result.Problems)}")
        {
            ExtensionMembers = new JsonObject { ["problems"] = EditJson.ToProblemArray(result.Problems) },
        }.ToReply(),
    };

    public static HttpProblem NotFound(string url) => new(StatusCodes.Status404NotFound, $"There is nothing at '{url}'.");

    /// <summary>An office, or the event that is meant of it, under the version of both.</summary>
    public static Reply CreateEntryReply(StoredEntry entry, int? eventNumber, int status = StatusCodes.Status200OK) =>
        (eventNumber is { } number
            ? EditJson.CreateReply(entry.Entry.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == number), status)
            : EditJson.CreateReply(entry.Entry.Office, status)) with
        {
            ETag = new EntityTag(VersionTag.Create(entry)),
        };

    private static Reply CreateEntryReply(EditResult result, int status)
    {
        // Somebody may have removed it in the same moment: written it was.
        var exists = result.Entry is { } entry && (result.EventNumber is null || entry.Entry.Events.Any(lifecycleEvent => lifecycleEvent.Number == result.EventNumber));
        return exists ? CreateEntryReply(result.Entry!, result.EventNumber, status) : new Reply { Status = StatusCodes.Status204NoContent };
    }

    // RFC 9110, 13.1.1: what stands there now, so that the editor can look and decide.
    private static Reply CreateVersionMismatch(EditResult result)
    {
        if (result.Entry is not { } entry)
        {
            return new HttpProblem(StatusCodes.Status412PreconditionFailed, "There is no such version: nothing stands here.").ToReply();
        }

        var lifecycleEvent = entry.Entry.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == result.EventNumber);
        var problem = new HttpProblem(
            StatusCodes.Status412PreconditionFailed, "Another version stands here by now, as `current` shows; nothing was written. Look at it, and send its ETag.")
        {
            ExtensionMembers = new JsonObject
            {
                ["etag"] = new EntityTag(VersionTag.Create(entry)).HeaderValue,
                ["version"] = entry.Version,
                ["current"] = lifecycleEvent is null ? EditJson.ToNode(entry.Entry.Office) : EditJson.ToNode(lifecycleEvent),
            },
        };
        return problem.ToReply().WithHeader("ETag", new EntityTag(VersionTag.Create(entry)).HeaderValue);
    }
}

/// <summary>Which version an edit means, from If-Match and If-None-Match (RFC 9110, 13.1).</summary>
internal static class EditPreconditions
{
    /// <param name="mayCreate">Whether If-None-Match: * is an answer to the question too.</param>
    /// <returns>The condition, or the problem: 428 where there is none (RFC 6585, 3).</returns>
    public static (VersionCondition? Condition, HttpProblem? Problem) Parse(IHeaderDictionary headers, bool mayCreate)
    {
        var expected = mayCreate ? "If-Match with the ETag that was read, or If-None-Match: * for what shall be new" : "If-Match with the ETag that was read";
        if (headers.IfMatch.Count > 0 && headers.IfNoneMatch.Count > 0)
        {
            return (null, BadRequest("If-Match and If-None-Match cannot both be meant; send one."));
        }

        if (headers.IfNoneMatch.Count > 0)
        {
            return mayCreate && headers.IfNoneMatch.ToString().Trim() == "*"
                ? (VersionCondition.NotExisting, null)
                : (null, BadRequest($"If-None-Match must be * on what can be created, and is not taken elsewhere; send {expected}."));
        }

        if (headers.IfMatch.Count == 0)
        {
            return (null, new HttpProblem(
                StatusCodes.Status428PreconditionRequired, $"A change must say which version it is of, so that nobody's edit is lost: send {expected}."));
        }

        if (!EntityTagHeaderValue.TryParseStrictList(headers.IfMatch, out var tags))
        {
            return (null, BadRequest("If-Match must be a list of ETags, each in quotes, or *."));
        }

        // Strong comparison: a weak tag names no version of these (RFC 9110, 13.1.1).
        return tags.Any(tag => tag.Tag == "*")
            ? (VersionCondition.Any, null)
            : (new VersionCondition(false, [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString())]), null);
    }

    private static HttpProblem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);
}

/// <summary>Values as JSON in answers to editors: camelCase, nulls written, åäö as they are.</summary>
internal static class EditJson
{
    public static Reply CreateReply<T>(T value, int status = 200) => new()
    {
        Status = status,
        MediaType = "application/json",
        Body = ReplyBody.From(JsonSerializer.SerializeToUtf8Bytes(value, StoredValueFormat.JsonOptions)),
    };

    public static JsonNode? ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, StoredValueFormat.JsonOptions);

    public static JsonArray ToProblemArray(IEnumerable<ValidationProblem> problems) =>
        [.. problems.Select(problem => ToNode(new { Column = problem.Field, problem.Value, problem.Allowed, Message = problem.ToString() }))];
}
