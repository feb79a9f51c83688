using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>A column's value as the text that a change states it in: compact JSON, and without its quotes where that is one string.</summary>
internal static class ColumnText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null where the value is null.</summary>
    public static string? At(Column column, int row) => column switch
    {
        _ when column.IsNull(row) => null,
        ValueColumn values when Scalar(values.Boxed(row)!) is string text => text,
        _ => Json(writer => Write(writer, column, row)),
    };

    /// <summary>A JSON array of whole rows, without the properties of these names.</summary>
    public static string Rows(Table table, IEnumerable<int> rows, params string[] without) => Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            WriteRow(writer, table, row, without);
        }

        writer.WriteEndArray();
    });

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRow(Utf8JsonWriter writer, Table table, int row, IReadOnlyList<string> without)
    {
        writer.WriteStartObject();
        foreach (var property in table.Type.Properties.Where(property => !property.IsNavigation && !without.Contains(property.Name)))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, table[property], row);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Column column, int row)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                writer.WriteNullValue();
                break;
            case ComplexColumn complex:
                WriteRow(writer, complex.Fields, row, []);
                break;
            case CollectionColumn collection:
                WriteItems(writer, collection, row);
                break;
            case ValueColumn values:
                WriteScalar(writer, values.Boxed(row)!);
                break;
            default:
                throw new ArgumentException($"'{column.Property.Name}' holds no value of its own.", nameof(column));
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, CollectionColumn collection, int row)
    {
        var items = collection.Elements;
        var single = items.Type.Find(CollectionColumn.ItemName);
        writer.WriteStartArray();
        for (var item = collection.Starts[row]; item < collection.Starts[row + 1]; item++)
        {
            if (single is null)
            {
                WriteRow(writer, items, item, []);
            }
            else
            {
                Write(writer, items[single], item);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteScalar(Utf8JsonWriter writer, object value)
    {
        switch (Scalar(value))
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case GeoPoint point:
                // RFC 7946, 3.1.2
                writer.WriteStartObject();
                writer.WriteString("type", "Point");
                writer.WriteStartArray("coordinates");
                writer.WriteNumberValue(point.Longitude);
                writer.WriteNumberValue(point.Latitude);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>The value as JSON can hold it: a text, a truth value, a number or a point.</summary>
    private static object Scalar(object value) => value switch
    {
        string or bool or double or decimal or GeoPoint => value,
        float number => (double)number,
        byte or sbyte or short or int or long => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No text is defined for a value of {value.GetType()}.", nameof(value)),
    };
}
