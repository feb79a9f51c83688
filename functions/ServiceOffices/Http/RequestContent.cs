using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceOffices.Http;

/// <summary>The content of a request, its coding undone, and no more of it than is allowed.</summary>
internal static class RequestContent
{
    private const int PieceBytes = 64 * 1024;

    /// <param name="maxBytes">Of the content as it is meant, and as it comes.</param>
    /// <param name="setting">The setting that sets the limit, for the message.</param>
    public static async ValueTask<(byte[] Content, HttpProblem? Problem)> ReadAsync(
        HttpRequest request, int maxBytes, string setting, CancellationToken cancellationToken)
    {
        var tooLarge = new HttpProblem(
            StatusCodes.Status413PayloadTooLarge, $"The content of this request must not exceed {maxBytes} bytes, content codings undone ({setting}).");
        if (request.ContentLength > maxBytes)
        {
            return ([], tooLarge);
        }

        // The server's own limit is for requests that nobody counts.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var coding = request.Headers.ContentEncoding.ToString();
        using var raw = new CountedStream(request.Body, maxBytes);
        await using Stream? content = coding.ToLowerInvariant() switch
        {
            "" or "identity" => raw,
            "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true),
            "br" => new BrotliStream(raw, CompressionMode.Decompress, leaveOpen: true),
            _ => null,
        };
        if (content is null)
        {
            return ([], new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding must be gzip, br or left out; got '{coding}'."));
        }

        try
        {
            using var whole = new MemoryStream();
            var piece = new byte[PieceBytes];
            while (await content.ReadAsync(piece, cancellationToken) is > 0 and var read)
            {
                if (whole.Length + read > maxBytes)
                {
                    return ([], tooLarge);
                }

                whole.Write(piece, 0, read);
            }

            return raw.IsExceeded ? ([], tooLarge) : (whole.ToArray(), null);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return ([], raw.IsExceeded ? tooLarge : new HttpProblem(StatusCodes.Status400BadRequest, $"The content is not whole in the coding that Content-Encoding names, {coding}."));
        }
    }
}
