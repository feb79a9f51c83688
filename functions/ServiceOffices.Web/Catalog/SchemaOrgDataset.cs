using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ODataEngine.Model;
using ServiceOffices.Publishing;

namespace ServiceOffices.Web.Catalog;

/// <summary>Describes a publication for search engines as a schema.org Dataset in JSON-LD, with each entity set as a part.</summary>
public static class SchemaOrgDataset
{
    /// <summary>The path of the document.</summary>
    public const string Path = "/datasets/schema.jsonld";

    // The encoder escapes characters that could end a script element, so that pages can embed the JSON.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes JSON that a page can embed in a script element of the type application/ld+json.</summary>
    /// <param name="baseUrl">The URL of this service as clients use it, without a trailing slash.</param>
    public static byte[] Write(Publication publication, CatalogOptions options, string baseUrl, Language language)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("@context", "https://schema.org/");
            json.WriteString("@type", "Dataset");
            json.WriteString("@id", baseUrl + "/#dataset");
            json.WriteString("name", language.Localize(options.Title));
            json.WriteString("description", language.Localize(options.Description));
            json.WriteString("url", baseUrl + "/");
            WriteKeywords(json, CatalogOptions.SplitList(language.Localize(options.Keywords)));
            WriteCommon(json, publication);
            json.WriteStartObject("publisher");
            json.WriteString("@type", "Organization");
            json.WriteString("name", language.Localize(options.PublisherName));
            json.WriteString("url", options.PublisherPage ?? baseUrl + "/");
            json.WriteEndObject();
            json.WriteStartObject("includedInDataCatalog");
            json.WriteString("@type", "DataCatalog");
            json.WriteString("name", language.Localize(options.Title));
            json.WriteString("url", baseUrl + DcatCatalog.Path);
            json.WriteEndObject();
            json.WriteStartArray("hasPart");
            foreach (var set in publication.Tables.Model.Sets)
            {
                WritePart(json, publication, set, options, baseUrl, language);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePart(Utf8JsonWriter json, Publication publication, EntitySet set, CatalogOptions options, string baseUrl, Language language)
    {
        json.WriteStartObject();
        json.WriteString("@type", "Dataset");
        json.WriteString("@id", $"{baseUrl}{DcatCatalog.Path}#dataset-{set.Name}");
        json.WriteString("name", language.Localize(DcatCatalog.GetTitle(set, options)));
        json.WriteString("description", language.Localize(DcatCatalog.GetDescription(set, options)));
        json.WriteString("url", $"{baseUrl}/docs/data-dictionary#{set.Name}");
        WriteKeywords(json, DcatCatalog.GetKeywords(set, options).Where(keyword => keyword.LanguageTag == language.Tag).Select(keyword => keyword.Value));
        WriteCommon(json, publication);
        json.WriteString("temporalCoverage", string.Create(CultureInfo.InvariantCulture, $"{DcatCatalog.GetStartDate(publication, set):yyyy-MM-dd}/.."));
        json.WriteStartArray("variableMeasured");
        foreach (var column in FileColumn.FromType(set.Type))
        {
            json.WriteStringValue(column.Path);
        }

        json.WriteEndArray();
        json.WriteStartArray("distribution");
        foreach (var file in publication.Files.Where(file => file.Dataset == set.Name))
        {
            json.WriteStartObject();
            json.WriteString("@type", "DataDownload");
            json.WriteString("name", file.Name);
            json.WriteString("encodingFormat", MediaTypeIris.RemoveParameters(file.MediaType));
            json.WriteString("contentUrl", $"{baseUrl}/downloads/{file.Name}");
            json.WriteString("contentSize", string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} B"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteKeywords(Utf8JsonWriter json, IEnumerable<string> keywords)
    {
        json.WriteStartArray("keywords");
        foreach (var keyword in keywords)
        {
            json.WriteStringValue(keyword);
        }

        json.WriteEndArray();
    }

    private static void WriteCommon(Utf8JsonWriter json, Publication publication)
    {
        json.WriteString("license", Licence.Url);
        json.WriteBoolean("isAccessibleForFree", true);
        json.WriteString("version", publication.Revision.ToString(CultureInfo.InvariantCulture));
        json.WriteString("dateModified", publication.At.UtcDateTime);
        json.WriteString("datePublished", publication.Register.Publications[0].At.UtcDateTime);
        json.WriteStartObject("spatialCoverage");
        json.WriteString("@type", "Country");
        json.WriteString("name", "Sverige");
        json.WriteEndObject();
    }
}
