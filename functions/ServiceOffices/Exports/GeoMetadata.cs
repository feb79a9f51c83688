using System.Buffers;
using System.Text;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>What a Parquet file says of its places under the key <c>geo</c> (GeoParquet 1.1.0).</summary>
internal static class GeoParquetMetadata
{
    /// <summary>Null where the table has no place at its top level, the only one where GeoParquet allows them.</summary>
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
