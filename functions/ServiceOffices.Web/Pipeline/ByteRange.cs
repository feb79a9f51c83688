using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Partial replies (RFC 9110, 14). A single range is answered with 206. Several ranges, other units and malformed headers are
/// ignored, which the RFC allows (14.2), so that the whole content is sent.
/// </summary>
internal static class ByteRange
{
    /// <summary>Gets the requested part, the whole reply if no part is requested, or null if no byte is in range (416).</summary>
    public static Reply? Apply(IHeaderDictionary request, Reply reply)
    {
        if (request.Range.Count != 1 || !RangeHeaderValue.TryParse(request.Range.ToString(), out var range))
        {
            return reply;
        }

        if (!range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || range.Ranges.Count != 1)
        {
            return reply;
        }

        if (!Preconditions.IsRangeApplicable(request, reply))
        {
            return reply;
        }

        var length = reply.Body.Length;
        var requested = range.Ranges.First();
        var from = requested.From ?? Math.Max(0, length - requested.To!.Value);
        var to = requested.From is null ? length - 1 : Math.Min(requested.To ?? length - 1, length - 1);
        if (from > to)
        {
            return null;
        }

        return reply.WithHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{length}")) with
        {
            Status = StatusCodes.Status206PartialContent,
            Body = reply.Body.Slice(from, to - from + 1),
            EncodedBodies = [],
            IsCompressible = false,
        };
    }
}
