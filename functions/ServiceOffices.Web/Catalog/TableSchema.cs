using System.Text.Json;
using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>Writes the description of a file's columns as a Table Schema (Data Package 2).</summary>
internal static class TableSchema
{
    /// <summary>Determines whether the fields of a format are nested; null for self-describing formats and formats for people.</summary>
    /// <param name="extension">The part of the file name after the dataset's name and the dot.</param>
    public static bool? IsNested(string extension) => extension switch
    {
        "csv" or "xlsx" => false,
        "json" or "ndjson" => true,
        _ => null,
    };

    /// <summary>Writes the schema of a table's file.</summary>
    /// <param name="nested">True if a complex value is one field and geography is GeoJSON; false if its parts are fields and geography is a string.</param>
    /// <param name="extension">The extension of the file; foreign keys refer to files with the same extension.</param>
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

        // Categories, not constraints: a new code must not make a file invalid for readers with an older schema.
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
