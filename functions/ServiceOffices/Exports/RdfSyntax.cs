using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A way to write RDF down: what <see cref="RdfRowWriter"/> tells, in order.</summary>
internal abstract class RdfStreamWriter
{
    /// <param name="url">Below the service root; null: a blank node.</param>
    /// <param name="classes">Prefixed names.</param>
    /// <param name="type">What it is in the OData schema.</param>
    public abstract void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type);

    public abstract void EndNode();

    public abstract void BeginPredicate(RdfPredicate predicate);

    public abstract void EndPredicate();

    /// <param name="url">Below the service root.</param>
    public abstract void WriteEntity(string url);

    /// <param name="iri">Absolute.</param>
    public abstract void WriteIri(string iri);

    /// <param name="datatype">A prefixed name; null for a plain text.</param>
    /// <param name="language">Null for none.</param>
    public abstract void WriteLiteral(string value, string? datatype, string? language);
}
