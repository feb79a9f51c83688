using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ODataEngine.Model;
using ServiceOffices.Publishing;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Web.Catalog;

/// <summary>Describes a publication as a Data Package 2 with one resource per file, at the URL where its bytes never change.</summary>
internal static class DataPackageDescriptor
{
    public const string Path = "/datapackage.json";

    /// <summary>Writes the descriptor.</summary>
    /// <param name="baseUrl">The URL of this service as clients use it, without a trailing slash.</param>
    public static byte[] Write(Publication publication, CatalogOptions options, string baseUrl, Language language)
    {
        var buffer = new ArrayBufferWriter<byte>(32 * 1024);
        using (var json = new Utf8JsonWriter(buffer, JsonValueWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
            json.WriteString("name", "service-offices");
            json.WriteString("id", baseUrl + Path);
            json.WriteString("title", language.Localize(options.Title));
            json.WriteString("description", language.Localize(options.Description));
            json.WriteString("homepage", baseUrl + "/");
            json.WriteString("version", publication.Revision.ToString(CultureInfo.InvariantCulture));
            json.WriteString("created", publication.At.UtcDateTime);
            WriteKeywords(json, options, language);
            WriteLicence(json);
            WriteContributors(json, options, baseUrl, language);
            json.WriteStartArray("resources");
            foreach (var file in publication.Files)
            {
                WriteResource(json, publication.Tables, file, baseUrl, language);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteKeywords(Utf8JsonWriter json, CatalogOptions options, Language language)
    {
        json.WriteStartArray("keywords");
        foreach (var keyword in CatalogOptions.SplitList(language.Localize(options.Keywords)))
        {
            json.WriteStringValue(keyword);
        }

        json.WriteEndArray();
    }

    private static void WriteLicence(Utf8JsonWriter json)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteString("name", "CC0-1.0");
        json.WriteString("path", Licence.Url);
        json.WriteString("title", "Creative Commons Zero 1.0 Universal");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteContributors(Utf8JsonWriter json, CatalogOptions options, string baseUrl, Language language)
    {
        json.WriteStartArray("contributors");
        json.WriteStartObject();
        json.WriteString("title", language.Localize(options.PublisherName));
        json.WriteString("path", options.PublisherPage ?? baseUrl + "/");
        json.WriteStartArray("roles");
        json.WriteStringValue("publisher");
        json.WriteEndArray();
        json.WriteEndObject();
        if (options.ContactEmail is { } email)
        {
            json.WriteStartObject();
            json.WriteString("title", options.ContactName ?? language.Localize(options.PublisherName));
            json.WriteString("email", email);
            json.WriteStartArray("roles");
            json.WriteStringValue("contact");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResource(Utf8JsonWriter json, TableSet tables, PublishedFile file, string baseUrl, Language language)
    {
        var set = tables.Model.Find(file.Dataset)!;
        var extension = file.Name[(file.Dataset.Length + 1)..];
        var nested = TableSchema.IsNested(extension);
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("path", baseUrl + file.Url);
        if (nested is not null)
        {
            json.WriteString("type", "table");
        }

        json.WriteString("title", $"{language.Localize(set.Title)} ({extension})");
        json.WriteString("description", language.Localize(set.Description));
        json.WriteString("format", extension.Split('.')[^1]);
        json.WriteString("mediatype", MediaTypeIris.RemoveParameters(file.MediaType));
        if (IsText(file.MediaType))
        {
            json.WriteString("encoding", "utf-8");
        }

        json.WriteNumber("bytes", file.Bytes);
        json.WriteString("hash", "sha256:" + file.Sha256);
        if (nested is { } isNested)
        {
            json.WritePropertyName("schema");
            TableSchema.Write(json, tables[set], isNested, extension, language);
        }

        json.WriteEndObject();
    }

    private static bool IsText(string mediaType) =>
        MediaTypeIris.RemoveParameters(mediaType) is var type
        && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal));
}
