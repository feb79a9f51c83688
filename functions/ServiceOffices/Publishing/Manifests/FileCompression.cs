using System.IO.Compression;
using ZstdSharp;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>The content codings in which a file is kept ready.</summary>
public static class FileCompression
{
    public const string Gzip = "gzip";
    public const string Brotli = "br";
    public const string Zstandard = "zstd";

    // The best levels make the files one or two in a hundred smaller, and a refresh three times as long.
    private const int BrotliQuality = 6;
    private const int ZstandardLevel = 7;

    private const int BrotliWindowBits = 22;

    /// <summary>What a coding adds to a file's path; empty for none.</summary>
    public static string GetPathSuffix(string? encoding) => encoding switch
    {
        null => "",
        Gzip => ".gz",
        Brotli => ".br",
        Zstandard => ".zst",
        _ => throw new ArgumentException($"A coding must be {Gzip}, {Brotli} or {Zstandard}; got '{encoding}'.", nameof(encoding)),
    };

    /// <summary>The file in every coding, where the codings save at least a tenth of it.</summary>
    public static IReadOnlyList<(string Encoding, ReadOnlyMemory<byte> Content)> CreateVariants(ReadOnlySpan<byte> file)
    {
        var brotli = CompressBrotli(file);
        return brotli.Length > file.Length - file.Length / 10
            ? []
            : [(Gzip, CompressGzip(file)), (Brotli, brotli), (Zstandard, CompressZstandard(file))];
    }

    private static ReadOnlyMemory<byte> CompressGzip(ReadOnlySpan<byte> file)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(file);
        }

        return output.ToArray();
    }

    private static ReadOnlyMemory<byte> CompressBrotli(ReadOnlySpan<byte> file)
    {
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(file.Length)];
        return BrotliEncoder.TryCompress(file, output, out var written, BrotliQuality, BrotliWindowBits)
            ? output.AsMemory(0, written)
            : throw new InvalidOperationException($"Brotli did not fit {file.Length} bytes into {output.Length}.");
    }

    private static ReadOnlyMemory<byte> CompressZstandard(ReadOnlySpan<byte> file)
    {
        // RFC 9659, 3: the window must not exceed 8 MB, and below level 20 it does not.
        using var compressor = new Compressor(ZstandardLevel);
        return compressor.Wrap(file).ToArray();
    }
}
