using System.Text.Json;
using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>What the columns of a file are, as a Table Schema (Data Package 2).</summary>
internal static class TableSchema
{
    /// <summary>How the rows of a format are laid out; null for formats that describe themselves, or are for people.</summary>
    /// <param name="extension">All of the file's name behind the dataset's.</param>
    public static bool? IsNested(string extension) => extension switch
    {
        "csv" or "xlsx" => false,
        "json" or "ndjson" => true,
        _ => null,
    };

    /// <param name="nested">True where a complex value is one field and a place is GeoJSON, false where parts are fields and a place is text.</param>
    /// <param name="extension">Of this file: a foreign key leads to a file of the same format.</param>
    public static void Write(Utf8JsonWriter json, Table table, bool nested, string extension, Language language)
    {
        var type = table.Type;
        json.WriteStartObject();
        json.WriteStartArray("fields");
        var columns = nested
            ? type.AllProperties.Where(property => !property.IsNavigation)
                .Select(property => new FileColumn(property.Name, property, property.IsCollection || !property.IsNullable))
            : FileColumn.FromType(type);
        foreach (var column in columns)
        {
            WriteField(json, type, column, nested, language);
        }

        json.WriteEndArray();
        json.WriteStartArray("primaryKey");
        foreach (var part in FileColumn.GetKeyColumns(type))
        {
            json.WriteStringValue(part);
        }

        json.WriteEndArray();
        WriteForeignKeys(json, table, extension);
        json.WriteStartArray("missingValues");
        json.WriteStringValue("");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, StructuredType type, FileColumn column, bool nested, Language language)
    {
        var property = column.Property;
        json.WriteStartObject();
        json.WriteString("name", column.Path);
        json.WriteString("type", GetFieldType(property.Type, nested));
        if (property.Title is { } title)
        {
            json.WriteString("title", language.Localize(title));
        }

        if (property.Description is { } description)
        {
            json.WriteString("description", language.Localize(description) + (property.Unit is { } unit ? $" [{unit}]" : ""));
        }

        // Categories, not constraints: a code that comes later must not make a file invalid for those who know it not.
        if (property.AllowedValues.Count > 0 && !property.IsCollection)
        {
            json.WriteStartArray("categories");
            foreach (var value in property.AllowedValues)
            {
                json.WriteStartObject();
                json.WriteString("value", value.Value);
                json.WriteString("label", language.Localize(value.Label));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (column.Required)
        {
            json.WriteStartObject("constraints");
            json.WriteBoolean("required", true);
            if (type.Key is [var key] && ReferenceEquals(key, property))
            {
                json.WriteBoolean("unique", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string GetFieldType(DataType type, bool nested) => type switch
    {
        CollectionType => "array",
        StructuredType => "object",
        PrimitiveType { IsGeography: true } => nested ? "geojson" : "string",
        PrimitiveType primitive => primitive.Kind switch
        {
            PrimitiveKind.Boolean => "boolean",
            PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 or PrimitiveKind.Int32 or PrimitiveKind.Int64 => "integer",
            PrimitiveKind.Single or PrimitiveKind.Double or PrimitiveKind.Decimal => "number",
            PrimitiveKind.Date => "date",
            PrimitiveKind.TimeOfDay => "time",
            PrimitiveKind.DateTimeOffset => "datetime",
            PrimitiveKind.Duration => "duration",
            _ => "string",
        },
        _ => "string",
    };

    private static void WriteForeignKeys(Utf8JsonWriter json, Table table, string extension)
    {
        var links = FileColumn.GetForeignKeys(table).ToArray();
        if (links.Length == 0)
        {
            return;
        }

        json.WriteStartArray("foreignKeys");
        foreach (var (column, targetSet, targetColumn) in links)
        {
            json.WriteStartObject();
            json.WriteString("fields", column);
            json.WriteStartObject("reference");
            json.WriteString("resource", $"{targetSet}.{extension}");
            json.WriteString("fields", targetColumn);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
