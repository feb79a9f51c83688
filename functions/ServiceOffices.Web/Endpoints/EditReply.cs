using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Editing;
using ServiceOffices.Editing.Offices;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Endpoints;

/// <summary>Creates replies to edits.</summary>
internal static class EditReply
{
    private const int RetryAfterSeconds = 5;

    /// <param name="url">Path of the edited resource; for an added event, that of the events.</param>
    public static Reply Create(EditResult result, string officeId, string url) => result.Status switch
    {
        EditStatus.Created => CreateEntryReply(result, StatusCodes.Status201Created).WithHeader("Location", url),
        EditStatus.Changed or EditStatus.Unchanged => CreateEntryReply(result, StatusCodes.Status200OK),
        EditStatus.Removed => new Reply { Status = StatusCodes.Status204NoContent },
        EditStatus.NotFound => NotFound(url).ToReply(),
        EditStatus.VersionMismatch => CreateVersionMismatch(result, officeId),
        EditStatus.ImportInProgress => CreateConflict("An import is being applied. Offices cannot be removed until it has finished. Try again in a few seconds."),
        EditStatus.TooManyConflicts => CreateConflict("Other editors changed this office during every attempt. Nothing was written. Try again in a few seconds."),
        _ => new HttpProblem(StatusCodes.Status422UnprocessableEntity, $"Nothing was written: {string.Join(' ', result.Problems)}")
        {
            ExtensionMembers = new JsonObject { ["problems"] = EditJson.ToProblemArray(result.Problems) },
        }.ToReply(),
    };

    public static HttpProblem NotFound(string url) => HttpProblem.NotFound($"'{url}' does not exist.");

    /// <summary>Creates a reply with an office or one of its events. Both have the ETag of the office with its events.</summary>
    public static Reply CreateEntryReply(StoredEntry entry, int? eventNumber, int status = StatusCodes.Status200OK) =>
        (eventNumber is null ? EditJson.CreateReply(entry.Entry.Office, status) : EditJson.CreateReply(entry.FindEvent(eventNumber), status)) with
        {
            ETag = new EntityTag(VersionTag.Create(entry)),
        };

    private static Reply CreateEntryReply(EditResult result, int status)
    {
        // Another editor may have removed it right after it was written.
        var exists = result.Entry is { } entry && (result.EventNumber is null || entry.FindEvent(result.EventNumber) is not null);
        return exists ? CreateEntryReply(result.Entry!, result.EventNumber, status) : new Reply { Status = StatusCodes.Status204NoContent };
    }

    // RFC 9110, 13.1.1: with the current version, so that the editor can compare and decide.
    private static Reply CreateVersionMismatch(EditResult result, string officeId)
    {
        if (result.Entry is not { } entry)
        {
            return new HttpProblem(StatusCodes.Status412PreconditionFailed, $"Office '{officeId}' does not exist, so If-Match cannot match.").ToReply();
        }

        var etag = new EntityTag(VersionTag.Create(entry)).HeaderValue;
        var problem = new HttpProblem(
            StatusCodes.Status412PreconditionFailed,
            "The current version, shown in `current`, does not match If-Match or If-None-Match. Nothing was written. Compare it with your change and send its ETag.")
        {
            ExtensionMembers = new JsonObject
            {
                ["etag"] = etag,
                ["version"] = entry.Version,
                ["current"] = entry.FindEvent(result.EventNumber) is { } lifecycleEvent ? EditJson.ToNode(lifecycleEvent) : EditJson.ToNode(entry.Entry.Office),
            },
        };
        return problem.ToReply().WithHeader("ETag", etag);
    }

    private static Reply CreateConflict(string detail) => new HttpProblem(StatusCodes.Status409Conflict, detail).ToReply().WithRetryAfter(RetryAfterSeconds);
}

/// <summary>Parses the version to which an edit applies, from If-Match and If-None-Match (RFC 9110, 13.1).</summary>
internal static partial class EditPreconditions
{
    // Proxies that compress a response add the coding to its ETag (RFC 9110, 8.8.3.3).
    [GeneratedRegex(@"^""[0-9]+-[0-9a-f]{12}[-;+.:](?:gzip|br|zstd|deflate)""$", RegexOptions.CultureInvariant)]
    private static partial Regex CodedTag { get; }

    /// <param name="canCreate">True if If-None-Match: * is allowed.</param>
    /// <returns>The condition, or the problem; 428 if there is no condition (RFC 6585, 3).</returns>
    public static Result<VersionCondition, HttpProblem> Parse(IHeaderDictionary headers, bool canCreate)
    {
        var expected = canCreate ? "If-Match with the ETag that you read, or If-None-Match: * to create something new" : "If-Match with the ETag that you read";
        if (headers.IfMatch.Count > 0 && headers.IfNoneMatch.Count > 0)
        {
            return HttpProblem.BadRequest("If-Match and If-None-Match cannot be combined. Send one of them.");
        }

        if (headers.IfNoneMatch.Count > 0)
        {
            return canCreate && headers.IfNoneMatch.ToString().Trim() == "*"
                ? VersionCondition.NotExisting
                : HttpProblem.BadRequest($"If-None-Match must be * and is allowed only where something can be created. Send {expected}.");
        }

        if (headers.IfMatch.Count == 0)
        {
            return new HttpProblem(
                StatusCodes.Status428PreconditionRequired, $"A change must state the version that it applies to, so that no other edit is lost. Send {expected}.");
        }

        if (!EntityTagHeaderValue.TryParseStrictList(headers.IfMatch, out var tags))
        {
            return HttpProblem.BadRequest("If-Match must be * or a list of ETags in quotes.");
        }

        if (tags.All(tag => tag.IsWeak || CodedTag.IsMatch(tag.Tag.AsSpan())))
        {
            return new HttpProblem(
                StatusCodes.Status412PreconditionFailed,
                $"If-Match has the ETag {tags[0]}, which never matches: a proxy marked it as weak (W/) or added the compression to it, and If-Match requires the original. Nothing was written. Send the ETag without W/ and without an ending such as -gzip.");
        }

        // If-Match uses strong comparison, so weak tags never match (RFC 9110, 13.1.1).
        return tags.Any(tag => tag.Tag == "*")
            ? VersionCondition.Any
            : new VersionCondition(false, [.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString())]);
    }
}

/// <summary>Serializes values in replies to editors: camelCase, with nulls, without escaping åäö.</summary>
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

internal static class StoredEntryExtensions
{
    /// <summary>Finds an event by its number; null if the number is null or no event has it.</summary>
    public static LifecycleEvent? FindEvent(this StoredEntry entry, int? number) =>
        entry.Entry.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == number);
}
