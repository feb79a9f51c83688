namespace ServiceOffices.Catalog;

/// <summary>A file's format as the catalogs' vocabularies name it.</summary>
internal static class MediaTypeIris
{
    private const string Authority = "http://publications.europa.eu/resource/authority/file-type/";

    private static readonly Dictionary<string, string> FileTypeCodes = new(StringComparer.Ordinal)
    {
        ["text/csv"] = "CSV",
        ["application/json"] = "JSON",
        ["application/geo+json"] = "GEOJSON",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "XLSX",
        ["application/vnd.apache.parquet"] = "PARQUET",
        ["application/geopackage+sqlite3"] = "GPKG",
        ["application/vnd.google-earth.kml+xml"] = "KML",
        ["text/calendar"] = "ICS",
        ["text/turtle"] = "RDF_TURTLE",
        ["application/ld+json"] = "JSON_LD",
    };

    /// <summary>A media type without its parameters.</summary>
    public static string RemoveParameters(string mediaType) => mediaType.Split(';')[0].Trim();

    /// <summary>The concept of the EU's file types, or IANA's page where there is none for it.</summary>
    public static string GetFileTypeIri(string mediaType) =>
        FileTypeCodes.TryGetValue(RemoveParameters(mediaType), out var code) ? Authority + code : GetMediaTypeIri(mediaType);

    /// <summary>IANA's registration, which is how DCAT names a media type.</summary>
    public static string GetMediaTypeIri(string mediaType) => "https://www.iana.org/assignments/media-types/" + RemoveParameters(mediaType);
}
