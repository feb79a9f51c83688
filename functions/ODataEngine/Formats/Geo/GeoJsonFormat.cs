using System.Text.Json;
using ODataEngine.Model;

namespace ODataEngine.Formats.Geo;

/// <summary>
/// A GeoJSON FeatureCollection (RFC 7946) with one feature per row: the geometry is the type's first geography property, the id is
/// the key, and the properties are all other properties, written as in <see cref="JsonFormat"/>.
/// </summary>
public sealed class GeoJsonFormat : ExportFormat
{
    public override string Name => "geojson";

    public override string MediaType => "application/geo+json";

    public override string? GetUnsupportedReason(StructuredType type) => GeographyColumns.GetUnsupportedReason(type, "GeoJSON");

    /// <exception cref="ArgumentException">The rows have no geography property.</exception>
    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var table = rows.Table;
        var geometryProperty = GeographyColumns.FindProperty(table.Type) ?? throw new ArgumentException(GetUnsupportedReason(table.Type), nameof(rows));
        var geometryColumn = table[geometryProperty];
        Func<Property, bool> isGeometry = property => ReferenceEquals(property, geometryProperty);
        var keyColumns = table.Type.Key.Select(part => table[part]).ToArray();
        return JsonRowsWriter.WriteAsync(
            rows, output,
            prefix: "{\"type\":\"FeatureCollection\",\"features\":[\n"u8.ToArray(),
            (json, row) =>
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "Feature"u8);
                WriteId(json, keyColumns, row);
                json.WritePropertyName("geometry"u8);
                JsonValueWriter.Write(json, geometryColumn, row);
                json.WriteStartObject("properties"u8);
                JsonValueWriter.WriteProperties(json, table, row, isGeometry);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            separator: ",\n"u8.ToArray(),
            suffix: "\n]}\n"u8.ToArray(),
            cancellationToken);
    }

    // RFC 7946, 3.2: an id is a string or a number, so a key of several parts becomes one string.
    private static void WriteId(Utf8JsonWriter json, Column[] keyColumns, int row)
    {
        if (keyColumns.Length == 0)
        {
            return;
        }

        json.WritePropertyName("id"u8);
        if (keyColumns.Length == 1)
        {
            JsonValueWriter.Write(json, keyColumns[0], row);
            return;
        }

        json.WriteStringValue(string.Join(',', keyColumns.Select(part => JsonValueWriter.Format(part, row))));
    }
}
