using System.Buffers;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Catalog;

/// <summary>Writes the description of a CSV file's columns as CSV on the Web metadata (W3C Metadata Vocabulary for Tabular Data).</summary>
internal static class CsvwMetadata
{
    public const string MediaType = "application/csvm+json";

    /// <summary>The described format, which follows RFC 4180 as CSV on the Web requires.</summary>
    public const string Extension = "csv";

    /// <summary>The suffix after the file's URL (Model for Tabular Data, 5.3), as in <c>offices.csv-metadata.json</c>.</summary>
    public const string Suffix = "-metadata.json";

    /// <summary>Writes the metadata of a file.</summary>
    /// <param name="file">The file, in the same folder as the metadata, which refers to it by its name.</param>
    public static byte[] Write(EntitySet set, PublishedFile file, DateTimeOffset modified)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("@context", "http://www.w3.org/ns/csvw");
            json.WriteString("url", file.Name);
            WriteLocalized(json, "dc:title", set.Title);
            WriteLocalized(json, "dc:description", set.Description);
            WriteLink(json, "dc:license", Licence.Url);
            json.WriteStartObject("dc:modified");
            json.WriteString("@value", modified.UtcDateTime);
            json.WriteString("@type", "xsd:dateTime");
            json.WriteEndObject();
            json.WriteStartObject("tableSchema");
            WriteColumns(json, set.Type);
            json.WriteStartArray("primaryKey");
            foreach (var part in FileColumn.GetKeyColumns(set.Type))
            {
                json.WriteStringValue(ToColumnName(part));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteColumns(Utf8JsonWriter json, StructuredType type)
    {
        json.WriteStartArray("columns");
        foreach (var column in FileColumn.FromType(type))
        {
            json.WriteStartObject();
            json.WriteString("name", ToColumnName(column.Path));
            // The heading of the file, which validators compare. The title for people is dc:title.
            json.WriteString("titles", column.Path);
            if (column.Property.Title is { } title)
            {
                WriteLocalized(json, "dc:title", title);
            }

            if (column.Property.Description is { } description)
            {
                WriteLocalized(json, "dc:description", description);
            }

            json.WriteString("datatype", GetDatatype(column.Property.Type));
            json.WriteBoolean("required", column.Required);
            if (column.Property.ValueLanguage is { } language)
            {
                json.WriteString("lang", language); // Metadata Vocabulary for Tabular Data, 5.7
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A column's name is a URI template variable (RFC 6570, 2.3), which cannot contain a slash.
    private static string ToColumnName(string path) => path.Replace('/', '_');

    private static string GetDatatype(DataType type) => type switch
    {
        CollectionType => "json",
        PrimitiveType primitive => primitive.Kind switch
        {
            PrimitiveKind.Boolean => "boolean",
            PrimitiveKind.Byte or PrimitiveKind.SByte or PrimitiveKind.Int16 or PrimitiveKind.Int32 => "integer",
            PrimitiveKind.Int64 => "long",
            PrimitiveKind.Single or PrimitiveKind.Double => "double",
            PrimitiveKind.Decimal => "decimal",
            PrimitiveKind.Date => "date",
            PrimitiveKind.TimeOfDay => "time",
            PrimitiveKind.DateTimeOffset => "datetime",
            PrimitiveKind.Duration => "duration",
            _ => "string",
        },
        _ => "string",
    };

    private static void WriteLocalized(Utf8JsonWriter json, string name, LocalizedString value)
    {
        json.WriteStartArray(name);
        foreach (var language in Language.All)
        {
            json.WriteStartObject();
            json.WriteString("@value", language.Localize(value));
            json.WriteString("@language", language.Tag);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLink(Utf8JsonWriter json, string name, string url)
    {
        json.WriteStartObject(name);
        json.WriteString("@id", url);
        json.WriteEndObject();
    }
}
