namespace ServiceOffices.Web.Catalog;

/// <summary>The IRIs by which the catalogs' vocabularies name file formats.</summary>
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

    /// <summary>Removes the parameters of a media type.</summary>
    public static string RemoveParameters(string mediaType) => mediaType.Split(';')[0].Trim();

    /// <summary>Gets the concept of the EU's file types, or IANA's page if there is no concept.</summary>
    public static string GetFileTypeIri(string mediaType) =>
        FileTypeCodes.TryGetValue(RemoveParameters(mediaType), out var code) ? Authority + code : GetMediaTypeIri(mediaType);

    /// <summary>Gets IANA's registration page, which identifies a media type in DCAT.</summary>
    public static string GetMediaTypeIri(string mediaType) => "https://www.iana.org/assignments/media-types/" + RemoveParameters(mediaType);
}

/// <summary>
/// The profile to follow where two profiles contradict each other: DCAT-AP 3 requires the format as an IRI of the EU's file types,
/// DCAT-AP-SE 3 as a literal with the media type, and both allow it once.
/// </summary>
public enum DcatProfile
{
    /// <summary>DCAT-AP 3.0.1, and everything of DCAT-AP-SE 3.0.1 that does not contradict it.</summary>
    DcatAp,

    /// <summary>DCAT-AP-SE 3.0.1.</summary>
    DcatApSe,
}

/// <summary>An RDF syntax of the catalog.</summary>
public sealed class DcatFormat
{
    private readonly Func<RdfGraph, byte[]> write;

    private DcatFormat(string extension, string mediaType, Func<RdfGraph, byte[]> write)
    {
        Extension = extension;
        MediaType = mediaType;
        this.write = write;
    }

    /// <summary>Gets the syntaxes. The first is the one that harvesters of DCAT-AP-SE request, and the default.</summary>
    public static IReadOnlyList<DcatFormat> All { get; } =
    [
        new("rdf", "application/rdf+xml", RdfXmlGraphWriter.Write),
        new("ttl", "text/turtle", GraphWriters.WriteTurtle),
        new("jsonld", "application/ld+json", GraphWriters.WriteJsonLd),
    ];

    /// <summary>Gets the file name extension without the dot, such as <c>ttl</c>.</summary>
    public string Extension { get; }

    public string MediaType { get; }

    internal byte[] Write(DcatCatalog catalog) => write(catalog.ToGraph());
}
