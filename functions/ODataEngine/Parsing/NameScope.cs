using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing;

/// <summary>The scope of names: the row whose properties names refer to, and the outer scopes.</summary>
/// <param name="row">Null if there is no row, as in a key.</param>
/// <param name="outer">Null at the top and in the steps of <c>$apply</c>, where <c>$it</c> is the step's own row.</param>
/// <param name="options">The options that may contain aliases; null if there are none.</param>
internal sealed class NameScope(Variable? row, NameScope? outer, QueryOptionSet? options = null)
{
    private List<ComputedProperty>? computed;
    private Dictionary<string, ComputedProperty>? byName;

    public Variable? Row { get; } = row;

    /// <summary>Gets the type of the row if it has properties.</summary>
    public StructuredType? RowType => Row?.VariableType as StructuredType;

    public NameScope Outermost => outer?.Outermost ?? this;

    public IReadOnlyList<ComputedProperty> Computed => computed ?? [];

    /// <summary>Adds a computed property; returns false if the name is already in use.</summary>
    public bool TryAddComputed(ComputedProperty property)
    {
        if (!(byName ??= new(StringComparer.Ordinal)).TryAdd(property.Name, property))
        {
            return false;
        }

        (computed ??= []).Add(property);
        return true;
    }

    /// <summary>Finds a computed property of the row in a slot, in this and all outer scopes.</summary>
    public ComputedProperty? FindComputed(int slot, ReadOnlySpan<char> name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Row?.Slot == slot && scope.byName?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var property) == true)
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>Gets the types of the rows that <c>$apply</c> transformed to the row, in order.</summary>
    public IReadOnlyList<StructuredType> EarlierTypes { get; init; } = [];

    /// <summary>
    /// Finds the member of a value of the row that earlier rows had but that <c>$apply</c> aggregated away, so that it is null (OData Data
    /// Aggregation 4.0, 3.7); null if there is none.
    /// </summary>
    /// <param name="source">The row or a path from it.</param>
    public Expression? FindMissing(Expression source, ReadOnlySpan<char> name)
    {
        var path = new List<string>();
        while (source is PropertyAccess access)
        {
            path.Insert(0, access.Property.Name);
            source = access.Source;
        }

        path.Add(name.ToString());
        for (var scope = this; scope is not null && source is Variable row; scope = scope.Outer)
        {
            for (var i = scope.EarlierTypes.Count - 1; i >= 0 && scope.Row?.Slot == row.Slot; i--)
            {
                if (FindPath(scope.EarlierTypes[i], path) is { } missing)
                {
                    return missing;
                }
            }
        }

        return null;
    }

    private static Expression? FindPath(StructuredType type, List<string> path)
    {
        Expression value = new MissingValue(type);
        foreach (var name in path)
        {
            if (value.Type is not StructuredType structured || NameLookup.FindProperty(structured, name) is not { } property)
            {
                return null;
            }

            value = new PropertyAccess(value, property);
        }

        return value;
    }

    /// <summary>Gets the value of an alias from the innermost scope that defines it, or null.</summary>
    public StringSlice? FindAlias(string name) => options?.FindAlias(name) ?? outer?.FindAlias(name);

    private NameScope? Outer => outer;
}

/// <summary>Finds properties and derived types by name.</summary>
internal static class NameLookup
{
    /// <summary>Gets the property with a name (case-sensitive), or null.</summary>
    public static Property? FindProperty(StructuredType type, ReadOnlySpan<char> name)
    {
        var properties = type.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (name.SequenceEqual(properties[i].Name))
            {
                return properties[i];
            }
        }

        return null;
    }

    /// <summary>Gets the type with a full name among a type and the types derived from it (4.01 Part 2, 4.11), or null.</summary>
    public static StructuredType? FindTypeCast(StructuredType type, ReadOnlySpan<char> name)
    {
        if (name.SequenceEqual(type.FullName))
        {
            return type;
        }

        foreach (var derived in type.DerivedTypes)
        {
            if (FindTypeCast(derived, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
