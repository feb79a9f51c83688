using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Brings a whole reply into the form that a request asks for, and writes it.</summary>
internal static class ReplyWriter
{
    /// <summary>What of the reply answers this request: whole, part, unmodified or compressed; a problem where a condition fails.</summary>
    public static Reply ApplyConditions(HttpRequest request, Reply reply)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // The same for short and long content, and for a 304: a cache must not see the field come and go.
        var vary = reply.IsCompressible || !reply.EncodedBodies.IsEmpty ? reply.Vary.Insert(0, "Accept-Encoding") : reply.Vary;
        var conditioned = reply with { Vary = vary };

        if (isRead && reply.Status == StatusCodes.Status200OK)
        {
            if (Preconditions.Evaluate(request.Headers, conditioned) is not { } current)
                return new HttpProblem(
                    StatusCodes.Status412PreconditionFailed,
                    "If-Match or If-Unmodified-Since names another version than the current one.").ToReply();
            if (current.Status == StatusCodes.Status304NotModified)
            {
                return current;
            }

            // RFC 9110, 14.2: a Range in any other method than GET is ignored.
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

    // RFC 9530, 3: of the whole representation, also where a part of it is sent; another coding is another representation.
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
        return new HttpProblem(StatusCodes.Status416RangeNotSatisfiable, $"Range must lie within the {total} bytes of the content.")
            .ToReply()
            .WithHeader("Content-Range", $"bytes */{total}");
    }

    /// <summary>Writes the fields and, unless the request is a HEAD, the content.</summary>
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
            // What is written before the start is kept apart by the server and copied once more.
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
