using System.Globalization;
using System.Text.Json;
using DocumentFormat.OpenXml;
using ODataEngine.Formats;
using ODataEngine.Model;

namespace ServiceOffices.Web.Tests.Downloads;

public sealed partial class ReadBackTests
{
    private static List<JsonElement> GetJsonRows(Table table)
    {
        using var output = new MemoryStream();
        new JsonFormat().WriteAsync(RowSet.All(table), new ExportOptions("rows"), output, CancellationToken.None).GetAwaiter().GetResult();
        return [.. JsonDocument.Parse(output.ToArray()).RootElement.EnumerateArray()];
    }

    /// <summary>Converts a JSON row to cells by the rules of docs/downloads.md.</summary>
    private static Dictionary<string, string?> Flatten(JsonElement row)
    {
        var cells = new Dictionary<string, string?>();
        foreach (var member in row.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("coordinates", out var position))
            {
                cells[member.Name] = $"POINT ({position[0].GetRawText()} {position[1].GetRawText()})";
            }
            else if (member.Value.ValueKind == JsonValueKind.Object || member.Name is "part" or "address")
            {
                string[] parts = member.Name == "part" ? ["street", "postalCode", "floor"] : ["street", "postalCode", "city"];
                foreach (var part in parts)
                {
                    cells[$"{member.Name}/{part}"] = member.Value.ValueKind == JsonValueKind.Null ? null : Cell(member.Value.GetProperty(part));
                }
            }
            else
            {
                cells[member.Name] = Cell(member.Value);
            }
        }

        return cells;

        static string? Cell(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }

    /// <summary>Compares a JSON value with the value from DuckDB, which has more types than JSON.</summary>
    private static bool SameTyped(JsonElement response, JsonElement read) => response.ValueKind switch
    {
        JsonValueKind.Object when response.TryGetProperty("coordinates", out _) => read.ValueKind == JsonValueKind.String,
        JsonValueKind.Object => response.EnumerateObject().All(member => SameTyped(member.Value, read.GetProperty(member.Name)))
            && read.EnumerateObject().Count() == response.EnumerateObject().Count(),
        JsonValueKind.Array => response.GetArrayLength() == read.GetArrayLength() && response.EnumerateArray().Zip(read.EnumerateArray()).All(pair => SameTyped(pair.First, pair.Second)),
        JsonValueKind.Number when read.ValueKind == JsonValueKind.String => decimal.Parse(read.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) == response.GetDecimal(),
        JsonValueKind.Number => response.GetDouble().Equals(read.GetDouble()),
        JsonValueKind.String when response.GetString() != read.ToString() => Instant(response.GetString()!) is { } instant && Instant(read.ToString()) == instant || response.GetString() == "-INF" && read.ToString() == "-Infinity",
        _ => response.ToString() == read.ToString(),
    };

    // To the microsecond, the precision of Parquet.
    private static DateTimeOffset? Instant(string text) =>
        text.Length > 11 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % 10), TimeSpan.Zero)
            : null;

    /// <summary>Compares a cell with the value of a reader of typed cells: numbers, dates with slashes, strings.</summary>
    private static bool SameInSheet(string? cell, JsonElement read)
    {
        // SQLite has no NaN; GDAL's GeoJSON has no infinity and no integers over 64 bits, and rounds seconds.
        if ((cell is "NaN" or "-INF" && read.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) || cell is "79228162514264337593543950335" or "9999-12-31T23:59:59.9999999Z")
        {
            return true;
        }

        if (cell is null || read.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return cell is null or "" == read.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        }

        return read.ValueKind switch
        {
            JsonValueKind.Number when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Math.Abs(number - read.GetDouble()) <= Math.Abs(number) * 1e-14,
            JsonValueKind.Number => cell == (read.GetInt32() == 1 ? "true" : "false"),
            JsonValueKind.True or JsonValueKind.False => cell == read.GetRawText(),
            _ => SameText(cell, read),
        };
    }

    private static bool SameText(string? cell, JsonElement read)
    {
        if (cell is null || read.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return string.IsNullOrEmpty(cell) && (read.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || read.ToString().Length == 0);
        }

        var text = read.ToString();
        return text == cell || Plain(text) == Plain(cell) || Number(text) is { } number && Number(cell) is { } same && Math.Abs(number - same) <= Math.Abs(same) * 1e-14 || (cell is ['[' or '{', ..] && Plain(JsonSerializer.Serialize(read)) == Plain(JsonSerializer.Serialize(JsonDocument.Parse(cell).RootElement)))
            || (Moment(text) is { } one && Moment(cell) is { } other && Math.Abs((one - other).TotalMilliseconds) <= 1);

        // GDAL does not decode Excel's escapes of control characters; characters outside XML, line endings and surrounding spaces depend on the reader.
        static string Plain(string text) =>
            string.Concat(text.Replace("_x000D_", "", StringComparison.Ordinal).Replace("_x0001_", "", StringComparison.Ordinal).Where(letter => !char.IsControl(letter) && letter is not ('\ufffd' or '\ufffe' or '\uffff'))).Trim();

        // A code with leading zeros is not a number.
        static double? Number(string text) => text is not ['0', >= '0' and <= '9', ..] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

        static DateTimeOffset? Moment(string text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    private static string Position(JsonElement geometry) => geometry.ValueKind == JsonValueKind.Null
        ? "null"
        : string.Create(CultureInfo.InvariantCulture, $"{geometry.GetProperty("coordinates")[0].GetDouble():R} {geometry.GetProperty("coordinates")[1].GetDouble():R}");
}
