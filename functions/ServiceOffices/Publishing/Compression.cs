using System.IO.Compression;

namespace ServiceOffices.Publishing;

/// <summary>The content codings in which a file is kept ready.</summary>
internal static class Compression
{
    public const string Gzip = "gzip";
    public const string Brotli = "br";

    private const int SmallBytes = 256 * 1024;
    private const int BrotliWindowBits = 22;

    /// <summary>What a coding adds to a file's path; empty for none.</summary>
    public static string Suffix(string? encoding) => encoding switch
    {
        null => "",
        Gzip => ".gz",
        Brotli => ".br",
        _ => throw new ArgumentException($"A coding must be {Gzip} or {Brotli}; got '{encoding}'.", nameof(encoding)),
    };

    /// <summary>The file in those codings that make it smaller.</summary>
    public static IReadOnlyList<(string Encoding, ReadOnlyMemory<byte> Content)> Variants(ReadOnlySpan<byte> file)
    {
        List<(string, ReadOnlyMemory<byte>)> variants = [];
        foreach (var (encoding, content) in new[] { (Gzip, Gzipped(file)), (Brotli, Brotlied(file)) })
        {
            if (content.Length < file.Length)
            {
                variants.Add((encoding, content));
            }
        }

        return variants;
    }

    private static ReadOnlyMemory<byte> Gzipped(ReadOnlySpan<byte> file)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(file);
        }

        return output.ToArray();
    }

    private static ReadOnlyMemory<byte> Brotlied(ReadOnlySpan<byte> file)
    {
        // The best quality takes seconds a megabyte: a big file settles for one that keeps a publication quick.
        var quality = file.Length <= SmallBytes ? 9 : 5;
        var output = new byte[BrotliEncoder.GetMaxCompressedLength(file.Length)];
        return BrotliEncoder.TryCompress(file, output, out var written, quality, BrotliWindowBits)
            ? output.AsMemory(0, written)
            : throw new InvalidOperationException($"Brotli did not fit {file.Length} bytes into {output.Length}.");
    }
}
