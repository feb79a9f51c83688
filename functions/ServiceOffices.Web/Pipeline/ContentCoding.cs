using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Publishing;

namespace ServiceOffices.Web.Pipeline;

/// <summary>A content coding (RFC 9110, 8.4.1) with its compressor, and the negotiation of codings.</summary>
public sealed class ContentCoding
{
    /// <summary>Shorter bodies are not compressed: that would save less than a packet.</summary>
    public const int MinCompressBytes = 1024;

    /// <summary>No coding.</summary>
    public static readonly ContentCoding Identity = new(null);

    /// <summary>RFC 1952.</summary>
    public static readonly ContentCoding Gzip = new(CompressionCodec.Gzip);

    /// <summary>RFC 7932.</summary>
    public static readonly ContentCoding Brotli = new(CompressionCodec.Brotli);

    /// <summary>RFC 8878.</summary>
    public static readonly ContentCoding Zstandard = new(CompressionCodec.Zstandard);

    /// <summary>All codings except identity, in order of preference.</summary>
    internal static readonly ContentCoding[] Compressions = [Brotli, Zstandard, Gzip];

    private readonly CompressionCodec? codec;

    private ContentCoding(CompressionCodec? codec) => this.codec = codec;

    /// <summary>Gets the name in Content-Encoding.</summary>
    public string Name => codec?.Name ?? "identity";

    /// <summary>Compresses content that is sent many times, as small as possible in reasonable time.</summary>
    public ReplyBody CompressSmallest(ReadOnlySpan<byte> bytes) => Compress(bytes, CompressionEffort.Smallest);

    /// <summary>Creates a fast compressing stream; disposing it leaves <paramref name="output"/> open.</summary>
    internal Stream CreateStream(Stream output) => codec?.CreateStream(output) ?? output;

    /// <summary>Compresses content that is sent once, fast.</summary>
    internal ReplyBody CompressFast(ReadOnlySpan<byte> bytes) => Compress(bytes, CompressionEffort.Fastest);

    private ReplyBody Compress(ReadOnlySpan<byte> bytes, CompressionEffort effort) =>
        ReplyBody.From(codec is null ? bytes.ToArray() : codec.Compress(bytes, effort));

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
}
