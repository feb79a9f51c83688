using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

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
