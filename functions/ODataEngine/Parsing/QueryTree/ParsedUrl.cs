using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The resources are one closed family, read together: they share this file.

/// <summary>The resource of a path (OData 4.01 Part 2, 4).</summary>
public abstract record Resource;

public sealed record ServiceDocumentResource : Resource;

public sealed record MetadataResource : Resource;

public sealed record BatchResource : Resource;

/// <summary><c>$all</c>: every entity of every set, or those of one type; or their number.</summary>
/// <param name="Type">The type after <c>$all</c>; null for all types.</param>
public sealed record AllResource(StructuredType? Type, ValueKind Kind) : Resource;

/// <summary><c>$crossjoin(a,b)</c>.</summary>
public sealed record CrossJoinResource(IReadOnlyList<EntitySet> EntitySets) : Resource;

/// <summary>
/// A value that an expression reads, starting at an entity set: the set, an entity, a property or related entities; with the
/// requested form.
/// </summary>
/// <param name="Value">Starts at a <see cref="RootEntitySet"/>.</param>
/// <param name="EntitySet">The entity set that the entities belong to; null for properties.</param>
public sealed record ValueResource(Expression Value, EntitySet? EntitySet, ValueKind Kind) : Resource;

/// <summary>The requested form of a value.</summary>
public enum ValueKind
{
    Value,
    Raw,
    Count,
    Reference,
}

/// <summary>A request's path and query, bound to the model.</summary>
/// <param name="VariableCount">The number of variables in the expressions.</param>
/// <param name="Format">The raw value of <c>$format</c>; null if absent.</param>
/// <param name="SchemaVersion">The raw value of <c>$schemaversion</c>; null if absent.</param>
/// <param name="At">The raw value of <c>$at</c> (OData Temporal 4.0); null if absent.</param>
/// <param name="Revision">The raw value of the custom query option <c>revision</c>; null if absent.</param>
/// <param name="Language">The raw value of the custom query option <c>lang</c>; null if absent.</param>
public sealed record ParsedUrl(Resource Resource, Query Query, int VariableCount, string? Format, string? SchemaVersion, string? At, string? Revision, string? Language)
{
    /// <summary>Gets whether an expression calls <c>now()</c>, so that the result can change without a new revision.</summary>
    public bool IsTimeDependent { get; init; }
}
