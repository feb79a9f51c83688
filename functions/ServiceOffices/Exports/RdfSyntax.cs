using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A way to write RDF down: what <see cref="RdfRows"/> tells, in order.</summary>
internal abstract class RdfSyntax
{
    /// <param name="url">Below the service root; null: a blank node.</param>
    /// <param name="classes">Prefixed names.</param>
    /// <param name="type">What it is in the OData schema.</param>
    public abstract void BeginNode(string? url, IReadOnlyList<string> classes, StructuredType type);

    public abstract void EndNode();

    public abstract void BeginPredicate(RdfPredicate predicate);

    public abstract void EndPredicate();

    /// <param name="url">Below the service root.</param>
    public abstract void Entity(string url);

    /// <param name="address">Absolute.</param>
    public abstract void Address(string address);

    /// <param name="datatype">A prefixed name; null for a plain text.</param>
    /// <param name="language">Null for none.</param>
    public abstract void Literal(string text, string? datatype, string? language);
}
