namespace ServiceOffices.Catalog;

/// <summary>The vocabularies of the catalog: one list of prefixes for every syntax.</summary>
internal static class DcatVocabularies
{
    /// <summary>In the order in which documents declare them.</summary>
    public static readonly IReadOnlyList<(string Prefix, string Namespace)> Prefixes =
    [
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("dcatap", "http://data.europa.eu/r5r/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
        ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ];

    private static readonly Dictionary<string, string> Namespaces = Prefixes.ToDictionary(item => item.Prefix, item => item.Namespace);

    /// <summary>The IRI of a prefixed name such as <c>dcterms:title</c>.</summary>
    public static string Expand(string name)
    {
        var (prefix, local) = Split(name);
        return Namespaces[prefix] + local;
    }

    /// <summary>A prefixed name's two parts.</summary>
    public static (string Prefix, string Local) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return (name[..colon], name[(colon + 1)..]);
    }

    public static string GetNamespace(string prefix) => Namespaces[prefix];
}
