using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ZstdSharp;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A content coding (RFC 9110, 8.4.1) with its compressor, and the negotiation of codings.</summary>
public sealed class ContentCoding
{
    /// <summary>Shorter bodies are not compressed: that would save less than a packet.</summary>
    public const int MinCompressBytes = 1024;

    /// <summary>No coding.</summary>
    public static readonly ContentCoding Identity = new("identity", (bytes, _) => bytes.ToArray(), output => output);

    /// <summary>RFC 1952.</summary>
    public static readonly ContentCoding Gzip = new("gzip", CompressGzip, output => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true));

    /// <summary>RFC 7932.</summary>
    public static readonly ContentCoding Brotli = new("br", CompressBrotli, output => new BrotliStream(output, new BrotliCompressionOptions { Quality = 3 }, leaveOpen: true));

    /// <summary>RFC 8878.</summary>
    public static readonly ContentCoding Zstandard = new("zstd", CompressZstandard, output => new CompressionStream(output, 1, leaveOpen: true));

    /// <summary>All codings except identity, in order of preference.</summary>
    internal static readonly ContentCoding[] Compressions = [Brotli, Zstandard, Gzip];

    private readonly CompressFunction compress;
    private readonly Func<Stream, Stream> createStream;

    private ContentCoding(string name, CompressFunction compress, Func<Stream, Stream> createStream)
    {
        Name = name;
        this.compress = compress;
        this.createStream = createStream;
    }

    private delegate byte[] CompressFunction(ReadOnlySpan<byte> bytes, bool smallest);

    /// <summary>Gets the name in Content-Encoding.</summary>
    public string Name { get; }

    /// <summary>Compresses content that is sent many times, as small as possible in reasonable time.</summary>
    public ReplyBody CompressSmallest(ReadOnlySpan<byte> bytes) => ReplyBody.From(compress(bytes, true));

    /// <summary>Creates a fast compressing stream; disposing it leaves <paramref name="output"/> open.</summary>
    internal Stream CreateStream(Stream output) => createStream(output);

    /// <summary>Compresses content that is sent once, fast.</summary>
    internal ReplyBody CompressFast(ReadOnlySpan<byte> bytes) => ReplyBody.From(compress(bytes, false));

    /// <summary>
    /// Gets the offered coding that Accept-Encoding prefers (RFC 9110, 12.5.3). Identity if the header is absent or accepts
    /// none of them, instead of 406.
    /// </summary>
    internal static ContentCoding Negotiate(StringValues acceptEncoding, ReadOnlySpan<ContentCoding> offered)
    {
        if (offered.IsEmpty || StringValues.IsNullOrEmpty(acceptEncoding))
        {
            return Identity;
        }

        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
        {
            return Identity;
        }

        var best = Identity;
        var bestQuality = GetQuality(accepted, Identity.Name) ?? 0;
        foreach (var coding in offered)
        {
            var quality = GetQuality(accepted, coding.Name) ?? GetQuality(accepted, "*") ?? 0;
            if (quality <= 0 || quality < bestQuality || (quality == bestQuality && best != Identity))
            {
                continue;
            }

            (best, bestQuality) = (coding, quality);
        }

        return best;
    }

    private static double? GetQuality(IList<StringWithQualityHeaderValue> accepted, string name)
    {
        foreach (var item in accepted)
        {
            // RFC 9110, 8.4.1.3: x-gzip is gzip.
            var value = item.Value.StartsWith("x-gzip", StringComparison.OrdinalIgnoreCase) ? item.Value.Subsegment(2) : item.Value;
            if (value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return item.Quality ?? 1;
            }
        }

        return null;
    }

    private static byte[] CompressGzip(ReadOnlySpan<byte> bytes, bool smallest)
    {
        using var result = new MemoryStream(bytes.Length / 4 + 64);
        using (var gzip = new GZipStream(result, smallest ? CompressionLevel.SmallestSize : CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return result.ToArray();
    }

    private static byte[] CompressBrotli(ReadOnlySpan<byte> bytes, bool smallest)
    {
        var result = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        // Quality 9 is within a few percent of 11 at a tenth of its time; 3 is about as fast as the network.
        if (!BrotliEncoder.TryCompress(bytes, result, out var written, smallest ? 9 : 3, 22))
            throw new InvalidOperationException($"Brotli could not compress {bytes.Length} bytes.");
        return result[..written];
    }

    private static byte[] CompressZstandard(ReadOnlySpan<byte> bytes, bool smallest)
    {
        // RFC 9659, 3: the window must not exceed 8 MB, and below level 20 it does not.
        using var compressor = new Compressor(smallest ? 19 : 1);
        return compressor.Wrap(bytes).ToArray();
    }
}
