namespace ServiceOffices.Tables;

/// <summary>What there is to ask for: entity sets of described types. An OData schema is built from it.</summary>
public sealed class EntityModel(string ns, IReadOnlyList<EntitySet> sets)
{
    private readonly Dictionary<string, EntitySet> byName = sets.ToDictionary(set => set.Name, StringComparer.Ordinal);

    public string Namespace { get; } = ns;

    public IReadOnlyList<EntitySet> Sets { get; } = sets;

    /// <summary>The set of this exact name, or null.</summary>
    public EntitySet? Find(string name) => byName.GetValueOrDefault(name);
}
