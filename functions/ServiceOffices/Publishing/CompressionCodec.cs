using System.IO.Compression;
using ZstdSharp;

namespace ServiceOffices.Publishing;

/// <summary>The time that compression may take.</summary>
public enum CompressionEffort
{
    /// <summary>Faster than the network, for responses that are compressed while they are sent.</summary>
    Fastest,

    /// <summary>For the files of a publication: the highest levels save one or two percent more and triple the time of a refresh.</summary>
    Balanced,

    /// <summary>For content that is compressed once per process.</summary>
    Smallest,
}

/// <summary>A content coding (RFC 9110, 8.4.1) with its encoder.</summary>
public sealed class CompressionCodec
{
    /// <summary>RFC 1952.</summary>
    public static readonly CompressionCodec Gzip = new(
        "gzip", ".gz", CompressGzip, output => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true),
        input => new GZipStream(input, CompressionMode.Decompress));

    /// <summary>RFC 7932.</summary>
    public static readonly CompressionCodec Brotli = new(
        "br", ".br", CompressBrotli, output => new BrotliStream(output, new BrotliCompressionOptions { Quality = FastestBrotliQuality }, leaveOpen: true),
        input => new BrotliStream(input, CompressionMode.Decompress));

    /// <summary>RFC 8878.</summary>
    public static readonly CompressionCodec Zstandard = new(
        "zstd", ".zst", CompressZstandard, output => new CompressionStream(output, FastestZstandardLevel, leaveOpen: true),
        input => new DecompressionStream(input));

    private const int FastestBrotliQuality = 3;
    private const int FastestZstandardLevel = 1;
    private const int BrotliWindowBits = 22;

    private readonly CompressFunction compress;
    private readonly Func<Stream, Stream> createStream;
    private readonly Func<Stream, Stream> createReader;

    private CompressionCodec(
        string name, string fileExtension, CompressFunction compress, Func<Stream, Stream> createStream, Func<Stream, Stream> createReader)
    {
        Name = name;
        FileExtension = fileExtension;
        this.compress = compress;
        this.createStream = createStream;
        this.createReader = createReader;
    }

    private delegate byte[] CompressFunction(ReadOnlySpan<byte> content, CompressionEffort effort);

    /// <summary>The coding's name in Content-Encoding.</summary>
    public string Name { get; }

    /// <summary>The extension of a file in this coding, such as <c>.gz</c>.</summary>
    public string FileExtension { get; }

    public byte[] Compress(ReadOnlySpan<byte> content, CompressionEffort effort) => compress(content, effort);

    /// <summary>Decompresses content; null if it is damaged.</summary>
    public byte[]? TryDecompress(byte[] content)
    {
        try
        {
            using var input = createReader(new MemoryStream(content));
            using var output = new MemoryStream(content.Length * 4);
            input.CopyTo(output);
            return output.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or EndOfStreamException or ZstdException)
        {
            return null;
        }
    }

    /// <summary>Creates a stream that compresses what is written to it with <see cref="CompressionEffort.Fastest"/>; disposing it ends the coding and leaves <paramref name="output"/> open.</summary>
    public Stream CreateStream(Stream output) => createStream(output);

    private static byte[] CompressGzip(ReadOnlySpan<byte> content, CompressionEffort effort)
    {
        var level = effort switch
        {
            CompressionEffort.Fastest => CompressionLevel.Fastest,
            CompressionEffort.Balanced => CompressionLevel.Optimal,
            _ => CompressionLevel.SmallestSize,
        };
        using var output = new MemoryStream(content.Length / 4 + 64);
        using (var gzip = new GZipStream(output, level, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private static byte[] CompressBrotli(ReadOnlySpan<byte> content, CompressionEffort effort)
    {
        // Quality 9 is within a few percent of 11 in a tenth of its time.
        var quality = effort switch
        {
            CompressionEffort.Fastest => FastestBrotliQuality,
            CompressionEffort.Balanced => 6,
            _ => 9,
        };
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, output, out var written, quality, BrotliWindowBits)
            ? output[..written]
            : throw new InvalidOperationException($"Brotli did not fit {content.Length} bytes into {output.Length}.");
    }

    private static byte[] CompressZstandard(ReadOnlySpan<byte> content, CompressionEffort effort)
    {
        // RFC 9659, 3: the window must not exceed 8 MB; below level 20 it does not.
        var level = effort switch
        {
            CompressionEffort.Fastest => FastestZstandardLevel,
            CompressionEffort.Balanced => 7,
            _ => 19,
        };
        using var compressor = new Compressor(level);
        return compressor.Wrap(content).ToArray();
    }
}
