using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ODataEngine.Model;

/// <summary>
/// Writes values as JSON in the OData representation (OData JSON Format 4.01, 7), for the JSON and GeoJSON file formats and for values outside of
/// tables. Navigation properties are never written.
/// </summary>
public static class JsonValueWriter
{
    /// <summary>Options without indentation, and without escaping of non-ASCII letters: the output is UTF-8 and never part of HTML.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a row as an object with all properties of its type, including nulls.</summary>
    public static void WriteObject(Utf8JsonWriter json, Table table, int row)
    {
        json.WriteStartObject();
        WriteProperties(json, table, row, isExcluded: null);
        json.WriteEndObject();
    }

    /// <summary>Writes the properties of a row into the current object.</summary>
    /// <param name="isExcluded">Selects properties to omit; null for none.</param>
    public static void WriteProperties(Utf8JsonWriter json, Table table, int row, Func<Property, bool>? isExcluded)
    {
        var properties = table.GetRowType(row).Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (property.IsNavigation || isExcluded?.Invoke(property) == true)
            {
                continue;
            }

            var column = i < table.Type.Properties.Count ? table.GetColumn(i) : table[property];
            if (column.IsAbsent(row))
            {
                continue;
            }

            json.WritePropertyName(property.JsonName);
            Write(json, column, row);
        }
    }

    /// <summary>Writes one value.</summary>
    /// <exception cref="NotSupportedException">The column is a navigation property.</exception>
    public static void Write(Utf8JsonWriter json, Column column, int row)
    {
        if (column.IsNull(row))
        {
            json.WriteNullValue();
            return;
        }

        Span<byte> buffer = stackalloc byte[ValueFormatter.MaxBytes];
        switch (column)
        {
            case ValueColumn<string> c: json.WriteStringValue(c.Values[row]); break;
            case ValueColumn<double> c: WriteNumber(json, c.Values[row]); break;
            case ValueColumn<int> { Property.ElementType: EnumType type } c: json.WriteStringValue(GetMemberName(type, c.Values[row])); break;
            case ValueColumn<int> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<bool> c: json.WriteBooleanValue(c.Values[row]); break;
            case ValueColumn<DateOnly> c: json.WriteStringValue(buffer[..ValueFormatter.Format(c.Values[row], buffer)]); break;
            case ValueColumn<DateTimeOffset> c: json.WriteStringValue(buffer[..ValueFormatter.Format(c.Values[row], buffer)]); break;
            case ValueColumn<GeoPoint> c: WritePoint(json, c.Values[row]); break;
            case ValueColumn<long> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<decimal> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<TimeOnly> c: json.WriteStringValue(buffer[..ValueFormatter.Format(c.Values[row], buffer)]); break;
            case ComplexColumn c: WriteObject(json, c.Fields, row); break;
            case CollectionColumn c: WriteArray(json, c, row); break;
            case ValueColumn<TimeSpan> c: json.WriteStringValue(buffer[..ValueFormatter.Format(c.Values[row], buffer)]); break;
            case ValueColumn<Guid> c: json.WriteStringValue(c.Values[row]); break;
            case ValueColumn<byte> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<sbyte> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<short> c: json.WriteNumberValue(c.Values[row]); break;
            case ValueColumn<float> c: WriteNumber(json, c.Values[row]); break;
            case ValueColumn<byte[]> c: json.WriteStringValue(ValueFormatter.Format(c.Values[row])); break;
            case ValueColumn<Geometry> c: WriteGeometry(json, c.Values[row]); break;
            default: throw new NotSupportedException($"The property '{column.Property}' of type {column.Property.Type} cannot be written as JSON.");
        }
    }

    /// <summary>Writes a value of a primitive or enumeration type that is not part of a table.</summary>
    /// <param name="value">A value of the CLR type of columns of this type; null for null.</param>
    /// <param name="numbersAsStrings">True to write Int64 and Decimal as strings (OData JSON Format 4.01, 3.2).</param>
    public static void Write(Utf8JsonWriter json, object? value, DataType type, bool numbersAsStrings)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case long number when numbersAsStrings: json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case decimal number when numbersAsStrings: json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            default: Write(json, CreateSingleValueColumn(value, type), 0); break;
        }
    }

    /// <summary>
    /// Formats one value as a string: its JSON, without the quotes of strings, dates and times. Null for null.
    /// </summary>
    public static string? Format(Column column, int row)
    {
        if (column.IsNull(row))
        {
            return null;
        }

        if (column is ValueColumn<string> strings)
        {
            return strings.Values[row];
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(json, column, row);
        }

        var bytes = buffer.WrittenSpan;
        return Encoding.UTF8.GetString(bytes is [(byte)'"', ..] ? bytes[1..^1] : bytes);
    }

    /// <summary>Gets the name of an enumeration member; the number itself if no member has it.</summary>
    internal static string GetMemberName(EnumType type, int value)
    {
        foreach (var (name, number) in type.Members)
        {
            if (number == value)
            {
                return name;
            }
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static Column CreateSingleValueColumn(object value, DataType type)
    {
        var property = new Property("value", type, nullable: false);
        return value switch
        {
            string v => new ValueColumn<string>(property, [v], null),
            bool v => new ValueColumn<bool>(property, [v], null),
            int v => new ValueColumn<int>(property, [v], null),
            long v => new ValueColumn<long>(property, [v], null),
            double v => new ValueColumn<double>(property, [v], null),
            decimal v => new ValueColumn<decimal>(property, [v], null),
            DateOnly v => new ValueColumn<DateOnly>(property, [v], null),
            DateTimeOffset v => new ValueColumn<DateTimeOffset>(property, [v], null),
            TimeOnly v => new ValueColumn<TimeOnly>(property, [v], null),
            TimeSpan v => new ValueColumn<TimeSpan>(property, [v], null),
            Guid v => new ValueColumn<Guid>(property, [v], null),
            float v => new ValueColumn<float>(property, [v], null),
            short v => new ValueColumn<short>(property, [v], null),
            byte v => new ValueColumn<byte>(property, [v], null),
            sbyte v => new ValueColumn<sbyte>(property, [v], null),
            GeoPoint v => new ValueColumn<GeoPoint>(property, [v], null),
            Geometry v => new ValueColumn<Geometry>(property, [v], null),
            byte[] v => new ValueColumn<byte[]>(property, [v], null),
            _ => throw new NotSupportedException($"A value of type {value.GetType()} cannot be written as JSON."),
        };
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
            return;
        }

        json.WriteStringValue(ValueFormatter.FormatNonFinite(value));
    }

    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
            return;
        }

        json.WriteStringValue(ValueFormatter.FormatNonFinite(value));
    }

    private static void WriteArray(Utf8JsonWriter json, CollectionColumn column, int row)
    {
        var isPrimitive = column.Property.ElementType is not StructuredType;
        json.WriteStartArray();
        for (var item = column.Starts[row]; item < column.Starts[row + 1]; item++)
        {
            if (isPrimitive)
            {
                Write(json, column.Elements.GetColumn(0), item);
            }
            else
            {
                WriteObject(json, column.Elements, item);
            }
        }

        json.WriteEndArray();
    }

    // RFC 7946, 3.1.2.
    private static void WritePoint(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Point"u8);
        json.WritePropertyName("coordinates"u8);
        WritePosition(json, point);
        json.WriteEndObject();
    }

    // RFC 7946, 3.1.4 and 3.1.6.
    private static void WriteGeometry(Utf8JsonWriter json, Geometry geometry)
    {
        var isPolygon = geometry.Kind == PrimitiveKind.GeographyPolygon;
        json.WriteStartObject();
        json.WriteString("type"u8, isPolygon ? "Polygon"u8 : "LineString"u8);
        json.WritePropertyName("coordinates"u8);
        if (isPolygon)
        {
            json.WriteStartArray();
        }

        foreach (var part in geometry.Parts)
        {
            json.WriteStartArray();
            foreach (var point in part)
            {
                WritePosition(json, point);
            }

            json.WriteEndArray();
        }

        if (isPolygon)
        {
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // RFC 7946, 3.1.1: longitude first.
    private static void WritePosition(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartArray();
        json.WriteNumberValue(point.Longitude);
        json.WriteNumberValue(point.Latitude);
        json.WriteEndArray();
    }
}
