namespace ServiceOffices.Tables;

/// <summary>A named collection of entities that a client can ask for.</summary>
/// <param name="SearchPaths">The string properties that a free-text search looks in; a path may lead over navigation and collections (<c>municipality/name</c>).</param>
public sealed record EntitySet(string Name, StructuredType Type, LocalizedString Title, LocalizedString Description, IReadOnlyList<string> SearchPaths)
{
    /// <summary>Whether the set can also be asked for as it was on an earlier date.</summary>
    public bool HasTimeline { get; init; }
}
