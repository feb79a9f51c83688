namespace ServiceOffices.Publishing.Manifests;

/// <summary>The content codings in which a published file is stored.</summary>
public static class FileCompression
{
    private static readonly CompressionCodec[] Codecs = [CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstandard];

    /// <summary>Gets the suffix of a file's path in a coding; empty for none.</summary>
    public static string GetPathSuffix(string? encoding) => encoding is null
        ? ""
        : Codecs.FirstOrDefault(codec => codec.Name == encoding)?.FileExtension
            ?? throw new ArgumentException($"The coding must be {string.Join(", ", Codecs.Select(codec => codec.Name))}; got '{encoding}'.", nameof(encoding));

    /// <summary>Finds a coding by its name; null if it is unknown.</summary>
    public static CompressionCodec? Find(string encoding) => Codecs.FirstOrDefault(codec => codec.Name == encoding);

    /// <summary>Compresses a file in every coding, if that saves at least a tenth of it.</summary>
    public static IReadOnlyList<(string Encoding, ReadOnlyMemory<byte> Content)> CreateVariants(ReadOnlySpan<byte> file)
    {
        var brotli = CompressionCodec.Brotli.Compress(file, CompressionEffort.Balanced);
        return brotli.Length > file.Length - file.Length / 10
            ? []
            :
            [
                (CompressionCodec.Gzip.Name, CompressionCodec.Gzip.Compress(file, CompressionEffort.Balanced)),
                (CompressionCodec.Brotli.Name, brotli),
                (CompressionCodec.Zstandard.Name, CompressionCodec.Zstandard.Compress(file, CompressionEffort.Balanced)),
            ];
    }
}
