namespace ServiceOffices.Catalog;

/// <summary>A syntax that the catalog is written in.</summary>
public sealed class DcatSyntax
{
    private readonly Func<RdfGraph, byte[]> write;

    private DcatSyntax(string extension, string mediaType, Func<RdfGraph, byte[]> write)
    {
        Extension = extension;
        MediaType = mediaType;
        this.write = write;
    }

    /// <summary>The first is what harvesters of DCAT-AP-SE ask for, and the default.</summary>
    public static IReadOnlyList<DcatSyntax> All { get; } =
    [
        new("rdf", "application/rdf+xml", RdfXmlSyntax.Write),
        new("ttl", "text/turtle", TurtleSyntax.Write),
        new("jsonld", "application/ld+json", JsonLdSyntax.Write),
    ];

    /// <summary>Without the dot: <c>ttl</c>.</summary>
    public string Extension { get; }

    public string MediaType { get; }

    internal byte[] Write(DcatCatalog catalog) => write(catalog.ToGraph());
}
