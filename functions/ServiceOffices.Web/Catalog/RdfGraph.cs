using System.Globalization;
using ODataEngine.Model;

namespace ServiceOffices.Web.Catalog;

/// <summary>The triples of a document in the order in which they were added; every syntax is written from it.</summary>
internal sealed class RdfGraph
{
    private readonly List<Node> nodes = [];

    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>Adds a resource. Its name is an absolute IRI, because harvesters identify resources by it.</summary>
    /// <param name="type">A prefixed name.</param>
    public Node AddNode(string iri, string type)
    {
        var node = new Node(iri, type);
        nodes.Add(node);
        return node;
    }

    /// <summary>A resource with its type and properties.</summary>
    internal sealed class Node(string iri, string type)
    {
        private readonly List<(string Predicate, IReadOnlyList<RdfTerm> Objects)> properties = [];

        public string Iri { get; } = iri;

        public string Type { get; } = type;

        public IReadOnlyList<(string Predicate, IReadOnlyList<RdfTerm> Objects)> Properties => properties;

        /// <summary>Adds a predicate with all its objects; does nothing if there are none.</summary>
        /// <param name="predicate">A prefixed name, added once.</param>
        public Node With(string predicate, params IEnumerable<RdfTerm> objects)
        {
            RdfTerm[] all = [.. objects];
            if (all.Length > 0)
            {
                properties.Add((predicate, all));
            }

            return this;
        }

        public Node With(string predicate, LocalizedString value) => With(predicate, RdfTerm.FromLocalizedString(value));

        /// <summary>Adds a predicate whose objects are IRIs.</summary>
        /// <param name="iris">Absolute IRIs; null values are skipped.</param>
        public Node WithLink(string predicate, params IEnumerable<string?> iris) => With(predicate, iris.OfType<string>().Select(RdfTerm.Iri));
    }
}

/// <summary>The prefixes of the catalog's vocabularies, for every syntax.</summary>
internal static class DcatVocabularies
{
    /// <summary>The prefixes in the order in which documents declare them.</summary>
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

    /// <summary>Gets the IRI of a prefixed name such as <c>dcterms:title</c>.</summary>
    public static string Expand(string name)
    {
        var (prefix, local) = Split(name);
        return Namespaces[prefix] + local;
    }

    /// <summary>Splits a prefixed name.</summary>
    public static (string Prefix, string Local) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return (name[..colon], name[(colon + 1)..]);
    }

    public static string GetNamespace(string prefix) => Namespaces[prefix];
}

/// <summary>The object of a triple: an IRI, or a literal with a language or datatype. The catalog has no blank nodes.</summary>
/// <param name="Value">The absolute IRI, or the literal's value.</param>
/// <param name="LanguageTag">A literal's language tag; null for other terms.</param>
/// <param name="Datatype">A literal's datatype as a prefixed name; null for an IRI and for a string.</param>
internal sealed record RdfTerm(string Value, bool IsIri, string? LanguageTag = null, string? Datatype = null)
{
    public static RdfTerm Iri(string iri) => new(iri, IsIri: true);

    /// <summary>Creates a string literal without a language.</summary>
    public static RdfTerm PlainLiteral(string value) => new(value, IsIri: false);

    public static RdfTerm DateLiteral(DateOnly date) => new(date.ToString("O", CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:date");

    public static RdfTerm DateTimeLiteral(DateTimeOffset instant) =>
        new(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:dateTime");

    public static RdfTerm IntegerLiteral(long number) =>
        new(number.ToString(CultureInfo.InvariantCulture), IsIri: false, Datatype: "xsd:nonNegativeInteger");

    /// <summary>Creates a literal in each of the register's languages, Swedish first.</summary>
    public static IEnumerable<RdfTerm> FromLocalizedString(LocalizedString value) =>
        Language.All.Select(language => new RdfTerm(language.Localize(value), IsIri: false, language.Tag));
}
