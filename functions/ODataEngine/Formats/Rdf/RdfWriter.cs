namespace ODataEngine.Formats.Rdf;

/// <summary>The name of a class or property.</summary>
/// <param name="Name">A prefixed name, or for a term of the OData schema the part after <c>$metadata#</c>.</param>
/// <param name="IsFromSchema">True for a term of the OData schema.</param>
public readonly record struct RdfName(string Name, bool IsFromSchema)
{
    /// <summary>Creates a name with a declared prefix, such as <c>dcterms:title</c>.</summary>
    public static RdfName Prefixed(string name) => new(name, IsFromSchema: false);
}

/// <summary>Writes triples in one RDF syntax: for each node its classes, then each predicate with its objects.</summary>
public abstract class RdfWriter
{
    /// <summary>Begins a node, at the top level or as an object of the current predicate.</summary>
    /// <param name="iri">The absolute IRI or a reference relative to the document; null for a blank node.</param>
    /// <param name="classes">The node's types.</param>
    public abstract void BeginNode(string? iri, IReadOnlyList<RdfName> classes);

    /// <summary>Ends the current node.</summary>
    public abstract void EndNode();

    /// <summary>Begins a predicate of the current node; each predicate is written once, with all its objects.</summary>
    public abstract void BeginPredicate(RdfName predicate);

    /// <summary>Ends the current predicate.</summary>
    public abstract void EndPredicate();

    /// <summary>Writes an IRI as an object.</summary>
    public abstract void WriteIri(string iri);

    /// <summary>Writes a literal as an object.</summary>
    /// <param name="datatype">A prefixed name; null for a string.</param>
    /// <param name="language">A language tag; null for none.</param>
    public abstract void WriteLiteral(string value, string? datatype, string? language);
}
