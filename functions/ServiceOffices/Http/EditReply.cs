using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;
using ServiceOffices.Storage;

namespace ServiceOffices.Http;

/// <summary>What an edit came to, as an answer.</summary>
internal static class EditReply
{
    private const string RetryAfterSeconds = "5";

    /// <param name="address">The path of what was edited; for an event that was added, of the events.</param>
    public static Reply Of(EditResult result, string address) => result.Status switch
    {
        EditStatus.Created => Body(result, StatusCodes.Status201Created).With("Location", address),
        EditStatus.Changed or EditStatus.Unchanged => Body(result, StatusCodes.Status200OK),
        EditStatus.Removed => new Reply { Status = StatusCodes.Status204NoContent },
        EditStatus.NotFound => NotFound(address).ToReply(),
        EditStatus.OtherVersion => OtherVersion(result),
        EditStatus.ImportUnderWay => new HttpProblem(
            StatusCodes.Status409Conflict, "An import is being applied; nothing is removed beside it. Try again in a few seconds.").ToReply().With("Retry-After", RetryAfterSeconds),
        EditStatus.Crowded => new HttpProblem(
            StatusCodes.Status409Conflict, "Others wrote to this office at every try; nothing was written. Try again in a few seconds.").ToReply().With("Retry-After", RetryAfterSeconds),
        _ => new HttpProblem(StatusCodes.Status422UnprocessableEntity, $"Nothing was written: {string.Join(' ', result.Problems)}")
        {
            Members = new JsonObject { ["problems"] = EditingJson.Problems(result.Problems) },
        }.ToReply(),
    };

    public static HttpProblem NotFound(string address) => new(StatusCodes.Status404NotFound, $"There is nothing at '{address}'.");

    /// <summary>An office, or the event that is meant of it, under the version of both.</summary>
    public static Reply Body(StoredEntry entry, int? eventNumber, int status = StatusCodes.Status200OK) =>
        (eventNumber is { } number
            ? EditingJson.Reply(entry.Entry.Events.FirstOrDefault(happened => happened.Number == number), status)
            : EditingJson.Reply(entry.Entry.Office, status)) with
        {
            ETag = new EntityTag(VersionTag.Of(entry)),
        };

    private static Reply Body(EditResult result, int status)
    {
        // Somebody may have removed it in the same moment: written it was.
        var isThere = result.Entry is { } entry && (result.EventNumber is null || entry.Entry.Events.Any(happened => happened.Number == result.EventNumber));
        return isThere ? Body(result.Entry!, result.EventNumber, status) : new Reply { Status = StatusCodes.Status204NoContent };
    }

    // RFC 9110, 13.1.1: what stands there now, so that the editor can look and decide.
    private static Reply OtherVersion(EditResult result)
    {
        if (result.Entry is not { } entry)
        {
            return new HttpProblem(StatusCodes.Status412PreconditionFailed, "There is no such version: nothing stands here.").ToReply();
        }

        var happened = entry.Entry.Events.FirstOrDefault(happened => happened.Number == result.EventNumber);
        var problem = new HttpProblem(
            StatusCodes.Status412PreconditionFailed, "Another version stands here by now, as `current` shows; nothing was written. Look at it, and send its ETag.")
        {
            Members = new JsonObject
            {
                ["etag"] = new EntityTag(VersionTag.Of(entry)).Header,
                ["version"] = entry.Version,
                ["current"] = happened is null ? EditingJson.Node(entry.Entry.Office) : EditingJson.Node(happened),
            },
        };
        return problem.ToReply().With("ETag", new EntityTag(VersionTag.Of(entry)).Header);
    }
}
