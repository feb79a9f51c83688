using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Editing;

namespace ServiceOffices.Http;

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
