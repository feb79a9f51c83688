using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceOffices.Web.Pipeline;

/// <summary>The content of a request, its coding undone, and no more of it than is allowed.</summary>
internal static class RequestBodyReader
{
    private const int ChunkBytes = 64 * 1024;

    // RFC 1952, 2.3: a header of ten bytes and a trailer of eight.
    private const int MinGzipBytes = 18;

    /// <param name="maxBytes">Of the content as it is meant, and as it comes.</param>
    /// <param name="setting">The setting that sets the limit, for the message.</param>
    public static async ValueTask<(byte[] Content, HttpProblem? Problem)> ReadAsync(
        HttpRequest request, int maxBytes, string setting, CancellationToken cancellationToken)
    {
        var coding = request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        if (coding is not ("" or "identity" or "gzip" or "x-gzip" or "br"))
        {
            return ([], new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding must be gzip, br or left out; got '{coding}'."));
        }

        // The server's own limit is for requests that nobody counts.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        try
        {
            var raw = request.ContentLength > maxBytes ? null : await ReadAsync(request.Body, maxBytes, cancellationToken);
            var content = raw is null ? null : coding switch
            {
                "gzip" or "x-gzip" => await DecompressGzipAsync(raw, maxBytes, cancellationToken),
                "br" => DecompressBrotli(raw, maxBytes),
                _ => raw,
            };
            return content is not null
                ? (content, null)
                : ([], new HttpProblem(
                    StatusCodes.Status413PayloadTooLarge, $"The content of this request must not exceed {maxBytes} bytes, content codings undone ({setting})."));
        }
        catch (InvalidDataException)
        {
            return ([], new HttpProblem(StatusCodes.Status400BadRequest, $"The content is not whole in the coding that Content-Encoding names, {coding}."));
        }
    }

    /// <returns>Null where there is more than is allowed.</returns>
    private static async ValueTask<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[ChunkBytes];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (output.Length + read > maxBytes)
            {
                return null;
            }

            output.Write(buffer, 0, read);
        }

        return output.ToArray();
    }

    private static async ValueTask<byte[]?> DecompressGzipAsync(byte[] raw, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
        var content = await ReadAsync(stream, maxBytes, cancellationToken);

        // The stream takes an end in the middle for the end; the length in the trailer tells (RFC 1952, 2.3.1).
        var isTruncated = raw.Length < MinGzipBytes || (content is not null && BinaryPrimitives.ReadUInt32LittleEndian(raw.AsSpan(raw.Length - 4)) != (uint)content.Length);
        return isTruncated ? throw new InvalidDataException() : content;
    }

    private static byte[]? DecompressBrotli(ReadOnlySpan<byte> raw, int maxBytes)
    {
        using var decoder = new BrotliDecoder();
        using var output = new MemoryStream();
        var buffer = new byte[ChunkBytes];
        while (true)
        {
            var status = decoder.Decompress(raw, buffer, out var consumed, out var written);
            raw = raw[consumed..];
            if (output.Length + written > maxBytes)
            {
                return null;
            }

            output.Write(buffer, 0, written);
            if (status == OperationStatus.Done && raw.IsEmpty)
            {
                return output.ToArray();
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                throw new InvalidDataException();
            }
        }
    }
}
