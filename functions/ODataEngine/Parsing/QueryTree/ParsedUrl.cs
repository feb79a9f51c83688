using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The resources are one closed family, read together: they share this file.

/// <summary>What a request's path names (OData 4.01 Part 2, 4).</summary>
public abstract record Resource;

public sealed record ServiceDocumentResource : Resource;

public sealed record MetadataResource : Resource;

public sealed record BatchResource : Resource;

/// <summary><c>$all</c>: every entity of every set.</summary>
public sealed record AllResource : Resource;

/// <summary><c>$crossjoin(a,b)</c>.</summary>
public sealed record CrossJoinResource(IReadOnlyList<EntitySet> EntitySets) : Resource;

/// <summary>
/// A value that an expression leads to from the root: a set, an entity, a property, related entities; with what is
/// asked of it.
/// </summary>
/// <param name="Value">Begins at a <see cref="RootEntitySet"/>.</param>
/// <param name="EntitySet">The entity set that the entities belong to; null for properties.</param>
public sealed record ValueResource(Expression Value, EntitySet? EntitySet, ValueKind Kind) : Resource;

/// <summary>In which form a value is asked for.</summary>
public enum ValueKind
{
    Value,
    Raw,
    Count,
    Reference,
}

/// <summary>A request's path and query, bound to the model.</summary>
/// <param name="VariableCount">How many variables the expressions use: a scope needs that many places.</param>
/// <param name="Format">The raw value of <c>$format</c>; null where absent.</param>
/// <param name="SchemaVersion">The raw value of <c>$schemaversion</c>; null where absent.</param>
/// <param name="At">The raw value of <c>$at</c> (OData Temporal 4.0); null where absent.</param>
/// <param name="Revision">The raw value of the custom option <c>revision</c>; null where absent.</param>
/// <param name="Language">The raw value of the custom option <c>lang</c>; null where absent.</param>
public sealed record ParsedUrl(Resource Resource, Query Query, int VariableCount, string? Format, string? SchemaVersion, string? At, string? Revision, string? Language)
{
    /// <summary>True where an expression calls <c>now()</c>, so that the result can change without a new revision.</summary>
    public bool IsTimeDependent { get; init; }
}
