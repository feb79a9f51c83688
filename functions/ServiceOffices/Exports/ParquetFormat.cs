using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// Apache Parquet with the columns' own types, nested as they are: a complex value is a group, a collection a list. Places
/// are WKB, described as GeoParquet 1.1 asks; compressed with Zstandard, in row groups that bound the memory of writing.
/// </summary>
public sealed class ParquetFormat : ExportFormat
{
    private const int RowsOfGroup = 20_000;
    private const int PooledBytes = 4 * 1024 * 1024;

    public override string Name => "parquet";

    public override string MediaType => "application/vnd.apache.parquet";

    public override bool IsCompressed => true;

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var columns = new ParquetColumns(rows);
        var settings = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
            // Names and texts that hardly repeat are not worth the search for repetitions.
            DictionaryEncodingThreshold = 0.5,
            DictionaryEncodingSampleSize = 1000,
            // What the library keeps of freed buffers between row groups.
            MaximumSmallPoolFreeBytes = PooledBytes,
            MaximumLargePoolFreeBytes = PooledBytes,
        };
        await using var positioned = new OutputStream(output);
        var schema = new ParquetSchema(columns.Fields);
        await using var writer = await ParquetWriter.CreateAsync(schema, positioned, settings, cancellationToken: cancellationToken);
        if (GeoMetadata.Of(rows.Table) is { } geo)
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["geo"] = geo };
        }

        for (var start = 0; start < rows.Rows.Length; start += RowsOfGroup)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = writer.CreateRowGroup();
            var part = rows.Rows.Slice(start, Math.Min(RowsOfGroup, rows.Rows.Length - start));
            foreach (var (leaf, field) in columns.Leaves.Zip(schema.DataFields))
            {
                await leaf.WriteAsync(group, field, part, cancellationToken);
            }

            group.CompleteValidate();
        }
    }
}
