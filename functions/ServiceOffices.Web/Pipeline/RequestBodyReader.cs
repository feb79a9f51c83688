using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using ServiceOffices.Editing;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Reads and decompresses the content of a request, up to a maximum size.</summary>
internal static class RequestBodyReader
{
    private const int ChunkBytes = 64 * 1024;

    // RFC 1952, 2.3: a header of ten bytes and a trailer of eight.
    private const int MinGzipBytes = 18;

    /// <summary>Reads the content of a request.</summary>
    /// <param name="limiter">Limits the memory and the time for reading.</param>
    /// <param name="maxBytes">Maximum number of bytes, both before and after decompression.</param>
    /// <param name="setting">Name of the setting that contains the maximum, for the message.</param>
    public static async ValueTask<Result<byte[], HttpProblem>> ReadAsync(
        HttpRequest request, RequestContentLimiter limiter, int maxBytes, string setting, CancellationToken cancellationToken)
    {
        var coding = request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        if (coding is not ("" or "identity" or "gzip" or "x-gzip" or "br"))
        {
            return new HttpProblem(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding must be gzip, br or absent; got '{coding}'.");
        }

        try
        {
            var raw = request.ContentLength > maxBytes ? null : await limiter.ReadAsync(request.Body, maxBytes, cancellationToken);
            var content = raw is null ? null : coding switch
            {
                "gzip" or "x-gzip" => await DecompressGzipAsync(raw, maxBytes, cancellationToken),
                "br" => DecompressBrotli(raw, maxBytes),
                _ => raw,
            };
            return content is not null
                ? content
                : new HttpProblem(StatusCodes.Status413PayloadTooLarge, $"The content must not exceed {maxBytes} bytes after decompression ({setting}).");
        }
        catch (InvalidDataException)
        {
            return HttpProblem.BadRequest($"The content is truncated or not valid {coding}, the Content-Encoding of the request.");
        }
    }

    /// <summary>Reads a stream to its end; returns null if it has more bytes than allowed.</summary>
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

        // GZipStream accepts truncated input, so the length in the trailer is compared (RFC 1952, 2.3.1).
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
