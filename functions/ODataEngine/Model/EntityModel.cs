namespace ODataEngine.Model;

/// <summary>What there is to ask for: entity sets of described types. An OData schema is built from it.</summary>
public sealed class EntityModel(string ns, IReadOnlyList<EntitySet> sets)
{
    private readonly Dictionary<string, EntitySet> byName = sets.ToDictionary(set => set.Name, StringComparer.Ordinal);

    public string Namespace { get; } = ns;

    public IReadOnlyList<EntitySet> Sets { get; } = sets;

    /// <summary>The set of this exact name, or null.</summary>
    public EntitySet? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>A named collection of entities that a client can ask for.</summary>
/// <param name="SearchPaths">The string properties that a free-text search looks in; a path may lead over navigation and collections (<c>municipality/name</c>).</param>
public sealed record EntitySet(string Name, StructuredType Type, LocalizedString Title, LocalizedString Description, IReadOnlyList<string> SearchPaths)
{
    /// <summary>Whether the set can also be asked for as it was on an earlier date.</summary>
    public bool HasTimeline { get; init; }
}
