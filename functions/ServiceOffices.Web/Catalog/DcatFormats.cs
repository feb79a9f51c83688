namespace ServiceOffices.Web.Catalog;

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

/// <summary>
/// Where the two profiles cannot both be obeyed: DCAT-AP 3 wants the format as an IRI of the EU's file types, DCAT-AP-SE 3
/// as the media type in a literal, and both want it once.
/// </summary>
public enum DcatProfile
{
    /// <summary>DCAT-AP 3.0.1, and of DCAT-AP-SE 3.0.1 everything else.</summary>
    DcatAp,

    /// <summary>DCAT-AP-SE 3.0.1 to the letter.</summary>
    DcatApSe,
}

/// <summary>A syntax that the catalog is written in.</summary>
public sealed class DcatFormat
{
    private readonly Func<RdfGraph, byte[]> write;

    private DcatFormat(string extension, string mediaType, Func<RdfGraph, byte[]> write)
    {
        Extension = extension;
        MediaType = mediaType;
        this.write = write;
    }

    /// <summary>The first is what harvesters of DCAT-AP-SE ask for, and the default.</summary>
    public static IReadOnlyList<DcatFormat> All { get; } =
    [
        new("rdf", "application/rdf+xml", RdfXmlGraphWriter.Write),
        new("ttl", "text/turtle", TurtleGraphWriter.Write),
        new("jsonld", "application/ld+json", JsonLdGraphWriter.Write),
    ];

    /// <summary>Without the dot: <c>ttl</c>.</summary>
    public string Extension { get; }

    public string MediaType { get; }

    internal byte[] Write(DcatCatalog catalog) => write(catalog.ToGraph());
}
