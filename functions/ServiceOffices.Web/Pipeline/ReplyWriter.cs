using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Applies conditions, ranges and content coding to a reply, and writes it.</summary>
internal static class ReplyWriter
{
    /// <summary>Gets the reply to send: whole, partial, not modified or compressed; or a problem if a condition fails.</summary>
    public static Reply ApplyConditions(HttpRequest request, Reply reply)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // Vary is the same for short and long content and for 304, so that caches see it consistently.
        var vary = reply.IsCompressible || !reply.EncodedBodies.IsEmpty ? reply.Vary.Insert(0, "Accept-Encoding") : reply.Vary;
        var conditioned = reply with { Vary = vary };

        if (isRead && reply.Status == StatusCodes.Status200OK)
        {
            if (Preconditions.Evaluate(request.Headers, conditioned) is not { } current)
                return new HttpProblem(
                    StatusCodes.Status412PreconditionFailed,
                    "The current version does not match If-Match or If-Unmodified-Since.").ToReply();
            if (current.Status == StatusCodes.Status304NotModified)
            {
                return current;
            }

            // RFC 9110, 14.2: Range is ignored for methods other than GET.
            if (reply.AcceptsRanges && HttpMethods.IsGet(request.Method))
            {
                if (ByteRange.Apply(request.Headers, conditioned) is not { } part)
                    return CreateRangeNotSatisfiable(reply.Body.Length);
                conditioned = part;
            }

            if (reply.AcceptsRanges)
            {
                conditioned = conditioned.WithHeader("Accept-Ranges", "bytes");
            }
        }

        return WithDigest(request, conditioned, conditioned.NegotiateCoding(request.Headers));
    }

    // RFC 9530, 3: the digest covers the whole representation even if a part is sent; each coding is its own representation.
    private static Reply WithDigest(HttpRequest request, Reply reply, ContentCoding coding)
    {
        var encoded = reply.ApplyCoding(coding);
        if (reply.Sha256 is not { } sha256 || !RepresentationDigest.IsWanted(request.Headers[RepresentationDigest.WantHeaderName]))
        {
            return encoded;
        }

        return encoded.WithHeader(RepresentationDigest.HeaderName, coding == ContentCoding.Identity ? RepresentationDigest.Format(sha256.Span) : RepresentationDigest.Compute(encoded.Body.Span));
    }

    private static Reply CreateRangeNotSatisfiable(long length)
    {
        var total = length.ToString(CultureInfo.InvariantCulture);
        return new HttpProblem(StatusCodes.Status416RangeNotSatisfiable, $"Range must be within the {total} bytes of the content.")
            .ToReply()
            .WithHeader("Content-Range", $"bytes */{total}");
    }

    /// <summary>Writes the headers and, unless the method is HEAD, the content.</summary>
    public static async ValueTask WriteAsync(HttpContext context, Reply reply, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        WriteHeaders(response.Headers, reply);
        if (reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        if (reply.Body.HasLength)
        {
            response.ContentLength = reply.Body.Length;
        }

        if (HttpMethods.IsHead(context.Request.Method) || response.ContentLength == 0)
        {
            return;
        }

        if (reply.Body.IsInMemory)
        {
            // The server buffers and copies content that is written before the response has started.
            await response.StartAsync(cancellationToken);
        }

        await reply.Body.WriteToAsync(response.BodyWriter, cancellationToken);
    }

    private static void WriteHeaders(IHeaderDictionary headers, Reply reply)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = reply.CacheControl;
        if (reply.MediaType is not null)
        {
            headers.ContentType = reply.MediaType;
        }

        if (reply.ETag is not null)
        {
            headers.ETag = reply.ETag.HeaderValue;
        }

        if (reply.LastModified is { } modified)
        {
            headers.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
        }

        if (!reply.Vary.IsEmpty)
        {
            headers.Vary = reply.Vary.ToArray();
        }

        foreach (var (name, value) in reply.Headers)
        {
            headers.Append(name, value);
        }
    }
}
