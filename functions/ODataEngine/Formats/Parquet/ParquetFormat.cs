using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ODataEngine.Model;
using Parquet;
using Parquet.Schema;

namespace ODataEngine.Formats.Parquet;

/// <summary>
/// Apache Parquet with typed, nested columns: a complex value is a group, a collection a list. Geography is WKB with GeoParquet 1.1
/// metadata. Compressed with Zstandard, in row groups that limit the memory use.
/// </summary>
public sealed class ParquetFormat : ExportFormat
{
    private const int RowsPerGroup = 20_000;
    private const int MaxPooledBytes = 4 * 1024 * 1024;

    public override string Name => "parquet";

    public override string MediaType => "application/vnd.apache.parquet";

    public override bool IsCompressed => true;

    public override async Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var schemaBuilder = new ParquetSchemaBuilder(rows);
        var settings = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
            // Dictionary encoding does not pay off for columns with few repeated values.
            DictionaryEncodingThreshold = 0.5,
            DictionaryEncodingSampleSize = 1000,
            // The limit of buffers that the library keeps between row groups.
            MaximumSmallPoolFreeBytes = MaxPooledBytes,
            MaximumLargePoolFreeBytes = MaxPooledBytes,
        };
        await using var bufferedOutput = new BufferedOutputStream(output);
        var schema = new ParquetSchema(schemaBuilder.Fields);
        await using var writer = await ParquetWriter.CreateAsync(schema, bufferedOutput, settings, cancellationToken: cancellationToken);
        if (GeoParquetMetadata.Create(rows.Table) is { } geo)
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["geo"] = geo };
        }

        for (var start = 0; start < rows.Rows.Length; start += RowsPerGroup)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = writer.CreateRowGroup();
            var slice = rows.Rows.Slice(start, Math.Min(RowsPerGroup, rows.Rows.Length - start));
            foreach (var (columnWriter, field) in schemaBuilder.ColumnWriters.Zip(schema.DataFields))
            {
                await columnWriter.WriteAsync(group, field, slice, cancellationToken);
            }

            group.CompleteValidate();
        }
    }
}

/// <summary>The metadata of a Parquet file's geography columns under the key <c>geo</c> (GeoParquet 1.1.0).</summary>
internal static class GeoParquetMetadata
{
    /// <summary>Creates the metadata; null if the table has no geography column at the top level, the only level that GeoParquet allows.</summary>
    public static string? Create(Table table)
    {
        var geographyProperties = table.Type.AllProperties.Where(property => property.Type is PrimitiveType { IsGeography: true }).ToArray();
        if (geographyProperties.Length == 0)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.1.0");
            json.WriteString("primary_column", geographyProperties[0].Name);
            json.WriteStartObject("columns");
            foreach (var geography in geographyProperties)
            {
                // Without a crs the coordinates are OGC:CRS84: WGS 84, longitude first.
                json.WriteStartObject(geography.Name);
                json.WriteString("encoding", "WKB");
                json.WriteStartArray("geometry_types");
                json.WriteStringValue(((PrimitiveType)geography.Type).Kind.ToString()["Geography".Length..]);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
