using System.Globalization;
using System.Net.Http.Headers;

namespace ODataEngine.Protocol.Batch;

/// <summary>Evaluates the conditional headers of a read within a batch, in the order of RFC 9110, 13.2.2, as a host does outside of one.</summary>
internal static class BatchPreconditions
{
    /// <summary>Gets the response itself, a 304 without content, or a 412 if a precondition fails.</summary>
    public static ODataResponse Apply(IReadOnlyDictionary<string, string> headers, ODataResponse response, bool isVersion401)
    {
        // Outside of a batch, the tags are compared for a response without content too, such as that of a property that is null.
        if (response.Status == 204 && headers.TryGetValue("If-None-Match", out var tags) && tags.Trim() != "*" && Matches(tags, response.ETag, isStrong: false))
        {
            return CreateNotModified(response);
        }

        if (response.Status != 200 || headers.Count == 0)
        {
            return response;
        }

        if (headers.TryGetValue("If-Match", out var ifMatch))
        {
            if (!Matches(ifMatch, response.ETag, isStrong: true))
            {
                return CreatePreconditionFailed(isVersion401);
            }
        }
        else if (GetDate(headers, "If-Unmodified-Since") is { } unmodifiedSince && GetLastModified(response) > unmodifiedSince)
        {
            return CreatePreconditionFailed(isVersion401);
        }

        if (headers.TryGetValue("If-None-Match", out var ifNoneMatch))
        {
            return Matches(ifNoneMatch, response.ETag, isStrong: false) ? CreateNotModified(response) : response;
        }

        return GetDate(headers, "If-Modified-Since") is { } modifiedSince && GetLastModified(response) <= modifiedSince ? CreateNotModified(response) : response;
    }

    /// <summary>Determines whether a list of entity tags names the current one (RFC 9110, 8.8.3.2); <c>*</c> names any.</summary>
    private static bool Matches(string list, string? current, bool isStrong)
    {
        using var message = new HttpRequestMessage();
        message.Headers.TryAddWithoutValidation("If-None-Match", list);
        var currentTag = current is null ? null : EntityTagHeaderValue.Parse(current);
        foreach (var tag in message.Headers.IfNoneMatch)
        {
            if (tag.Tag == "*" || (currentTag is not null && tag.Tag == currentTag.Tag && !(isStrong && (tag.IsWeak || currentTag.IsWeak))))
            {
                return true;
            }
        }

        return false;
    }

    // HTTP dates have no fractions of seconds.
    private static DateTimeOffset? GetLastModified(ODataResponse response) =>
        response.LastModified is { } modified ? modified.AddTicks(-(modified.Ticks % TimeSpan.TicksPerSecond)) : null;

    private static DateTimeOffset? GetDate(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.TryGetValue(name, out var value) && DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static ODataResponse CreateNotModified(ODataResponse response) =>
        response with { Status = 304, ContentType = null, Content = default };

    private static ODataResponse CreatePreconditionFailed(bool isVersion401) => ErrorResponse.Create(
        new ODataRequestException(412, ODataErrorCodes.PreconditionFailed, "If-Match or If-Unmodified-Since specifies a version other than the current one."), isVersion401);
}
