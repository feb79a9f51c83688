using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Evaluates conditional requests, in the order of RFC 9110, 13.2.2.</summary>
internal static class Preconditions
{
    /// <summary>Gets the reply, a 304 without content, or null if a precondition failed (412).</summary>
    public static Reply? Evaluate(IHeaderDictionary request, Reply reply)
    {
        if (request.IfMatch.Count > 0)
        {
            if (FindMatch(request.IfMatch, reply, strong: true) is null)
            {
                return null;
            }
        }
        else if (ParseDate(request.IfUnmodifiedSince) is { } unmodifiedSince && reply.LastModified is { } lastModified)
        {
            if (TruncateToSeconds(lastModified) > unmodifiedSince)
            {
                return null;
            }
        }

        if (request.IfNoneMatch.Count > 0)
            return FindMatch(request.IfNoneMatch, reply, strong: false) is { } tag ? CreateNotModified(reply, tag) : reply;

        if (ParseDate(request.IfModifiedSince) is { } since && reply.LastModified is { } modified && TruncateToSeconds(modified) <= since)
            return CreateNotModified(reply, reply.ETag?.ForCoding(reply.NegotiateCoding(request)));

        return reply;
    }

    /// <summary>Returns true if a range may be sent (RFC 9110, 13.1.5): If-Range is absent or matches the current content.</summary>
    public static bool IsRangeApplicable(IHeaderDictionary request, Reply reply)
    {
        if (request.IfRange.Count == 0)
        {
            return true;
        }

        if (!RangeConditionHeaderValue.TryParse(request.IfRange.ToString(), out var condition))
        {
            return false;
        }

        if (condition.EntityTag is { } tag)
            return reply.ETag is { IsWeak: false } current && !tag.IsWeak && tag.Tag.Equals(current.HeaderValue, StringComparison.Ordinal);
        return reply.LastModified is { } modified && condition.LastModified == TruncateToSeconds(modified);
    }

    /// <summary>
    /// Gets the tag of the reply that the list contains, or null. A tag of any coding matches, because the content is the
    /// same. A 304 repeats the tag that the client sent, which is the one of its stored response.
    /// </summary>
    private static EntityTag? FindMatch(StringValues list, Reply reply, bool strong)
    {
        if (!EntityTagHeaderValue.TryParseList(list, out var tags))
        {
            return null;
        }

        foreach (var tag in tags)
        {
            if (tag.Tag == "*")
            {
                return reply.ETag ?? new EntityTag("");
            }

            if (reply.ETag is not { } current || (strong && (tag.IsWeak || current.IsWeak)))
            {
                continue;
            }

            if (Matches(tag, current))
            {
                return current;
            }

            foreach (var coding in ContentCoding.Compressions)
            {
                var encodedTag = current.ForCoding(coding);
                if (Matches(tag, encodedTag))
                {
                    return encodedTag;
                }
            }
        }

        return null;
    }

    private static bool Matches(EntityTagHeaderValue tag, EntityTag entityTag) =>
        tag.Tag.AsSpan()[1..^1].SequenceEqual(entityTag.OpaqueTag);

    // RFC 9110, 15.4.5: the headers that a 200 would have, without those that describe content.
    private static Reply CreateNotModified(Reply reply, EntityTag? tag) => reply with
    {
        Status = StatusCodes.Status304NotModified,
        MediaType = null,
        Body = ReplyBody.Empty,
        ETag = reply.ETag is null ? null : tag,
        Headers = [.. reply.Headers.Where(header => !header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))],
    };

    private static DateTimeOffset? ParseDate(StringValues value) =>
        value.Count == 1 && HeaderUtilities.TryParseDate(value.ToString(), out var date) ? date : null;

    private static DateTimeOffset TruncateToSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
