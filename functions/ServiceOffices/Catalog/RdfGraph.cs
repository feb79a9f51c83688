using ServiceOffices.Tables;

namespace ServiceOffices.Catalog;

/// <summary>Triples in the order in which they were added: the one list that every syntax is written from.</summary>
internal sealed class RdfGraph
{
    private readonly List<Node> nodes = [];

    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>Begins the description of a resource; it is named by an absolute IRI, for harvesters keep what they know by its name.</summary>
    /// <param name="type">A prefixed name.</param>
    public Node AddNode(string iri, string type)
    {
        var node = new Node(iri, type);
        nodes.Add(node);
        return node;
    }

    /// <summary>A resource with its type and its properties.</summary>
    internal sealed class Node(string iri, string type)
    {
        private readonly List<(string Predicate, IReadOnlyList<RdfTerm> Objects)> properties = [];

        public string Iri { get; } = iri;

        public string Type { get; } = type;

        public IReadOnlyList<(string Predicate, IReadOnlyList<RdfTerm> Objects)> Properties => properties;

        /// <param name="predicate">A prefixed name; each is added once, with all its objects.</param>
        public Node With(string predicate, params IEnumerable<RdfTerm> objects)
        {
            RdfTerm[] all = [.. objects];
            if (all.Length > 0)
            {
                properties.Add((predicate, all));
            }

            return this;
        }

        public Node With(string predicate, LocalizedString text) => With(predicate, RdfTerm.FromText(text));

        /// <param name="iris">Absolute; null ones are left out.</param>
        public Node WithLink(string predicate, params IEnumerable<string?> iris) => With(predicate, iris.OfType<string>().Select(RdfTerm.Iri));
    }
}
