namespace ODataEngine.Model;

/// <summary>The entity sets of a service with their types, from which the OData schema is built.</summary>
public sealed class EntityModel(string ns, IReadOnlyList<EntitySet> sets)
{
    private readonly Dictionary<string, EntitySet> byName = sets.ToDictionary(set => set.Name, StringComparer.Ordinal);

    public string Namespace { get; } = ns;

    public IReadOnlyList<EntitySet> Sets { get; } = sets;

    /// <summary>
    /// Gets whether all strings of the tables are composed (<see cref="ComposedText"/>). String literals of queries are then composed as well:
    /// OData compares strings by code point, so a decomposed literal would equal no value.
    /// </summary>
    public bool HasComposedStrings { get; init; }

    /// <summary>Finds the set with this exact name; null if there is none.</summary>
    public EntitySet? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>A named collection of entities that clients can query.</summary>
/// <param name="SearchPaths">The string properties that <c>$search</c> covers; a path may contain navigation properties and collections (<c>author/name</c>).</param>
public sealed record EntitySet(string Name, StructuredType Type, LocalizedString Title, LocalizedString Description, IReadOnlyList<string> SearchPaths)
{
    /// <summary>Creates a set whose title and description are its name.</summary>
    public EntitySet(string name, StructuredType type, params IReadOnlyList<string> searchPaths)
        : this(name, type, new LocalizedString(name, name), new LocalizedString(name, name), searchPaths)
    {
    }

    /// <summary>Gets whether the set can also be queried as of an earlier date.</summary>
    public bool HasTimeline { get; init; }
}
