using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServiceOffices.Web.Pipeline;

/// <summary>
/// Partial answers (RFC 9110, 14). One range is answered with 206; several ranges, other units and malformed fields are
/// ignored, which the RFC allows (14.2): the whole content follows.
/// </summary>
internal static class ByteRange
{
    /// <summary>The part that Range asks for, the reply itself where nothing is asked for, or null where no byte is in range (416).</summary>
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
