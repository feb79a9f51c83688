using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>
/// A GeoJSON FeatureCollection (RFC 7946): a feature a row, its geometry the type's first geography property, its id the
/// key, its properties all the others, written as in <see cref="JsonFormat"/>.
/// </summary>
public sealed class GeoJsonFormat : ExportFormat
{
    public override string Name => "geojson";

    public override string MediaType => "application/geo+json";

    public override string? WhyNot(StructuredType type) => Places.WhyNot(type, "GeoJSON");

    /// <exception cref="ArgumentException">The rows have no geography property.</exception>
    public override Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        var table = rows.Table;
        var geometry = Places.Of(table.Type) ?? throw new ArgumentException(WhyNot(table.Type), nameof(rows));
        var points = table[geometry];
        var key = table.Type.Key.Select(part => table[part]).ToArray();
        return JsonRows.WriteAsync(
            rows, output,
            before: "{\"type\":\"FeatureCollection\",\"features\":[\n"u8.ToArray(),
            (json, row) =>
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "Feature"u8);
                WriteId(json, key, row);
                json.WritePropertyName("geometry"u8);
                JsonValues.Write(json, points, row);
                json.WriteStartObject("properties"u8);
                JsonValues.WriteProperties(json, table, row, leftOut: geometry);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            between: ",\n"u8.ToArray(),
            after: "\n]}\n"u8.ToArray(),
            cancellationToken);
    }

    // RFC 7946, 3.2: an id is a string or a number, so a key of several parts becomes one string.
    private static void WriteId(Utf8JsonWriter json, Column[] key, int row)
    {
        if (key.Length == 0)
        {
            return;
        }

        json.WritePropertyName("id"u8);
        if (key.Length == 1)
        {
            JsonValues.Write(json, key[0], row);
            return;
        }

        json.WriteStringValue(string.Join(',', key.Select(part => JsonValues.Text(part, row))));
    }
}
