namespace ServiceOffices.Catalog;

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
