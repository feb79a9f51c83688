using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;

namespace ODataEngine.Parsing.Apply;

/// <summary>Creates the row types of the transformations of <c>$apply</c>.</summary>
internal static class OutputTypes
{
    /// <summary>Creates a type with the name of another.</summary>
    public static StructuredType Create(StructuredType input, IReadOnlyList<Property> properties, bool keepKey) => new(
        input.FullName[..^(input.Name.Length + 1)], input.Name, properties, keepKey ? [.. input.Key.Select(part => part.Name)] : []);

    /// <summary>Creates a type with the input's properties, followed by new ones; the key does not change.</summary>
    public static StructuredType AddProperties(StructuredType input, IReadOnlyList<Property> properties) =>
        Create(input, [.. input.Properties, .. properties], keepKey: true);

    /// <summary>Makes a property nullable.</summary>
    public static Property MakeNullable(Property property) => property.IsNullable || property.IsNavigation || property.IsCollection
        ? property
        : new Property(property.Name, property.Type, nullable: true)
        {
            Title = property.Title, Description = property.Description, Unit = property.Unit, AllowedValues = property.AllowedValues, Collation = property.Collation,
        };

    /// <summary>Creates a type with the properties of all types; null if the property <paramref name="conflict"/> has different types.</summary>
    public static StructuredType? MergeTypes(string ns, IReadOnlyList<StructuredType> types, out string? conflict)
    {
        conflict = null;
        var first = types[0];
        if (types.All(type => ReferenceEquals(type, first)))
        {
            return first;
        }

        var union = new List<Property>();
        foreach (var type in types)
        {
            foreach (var property in type.Properties)
            {
                var index = union.FindIndex(other => other.Name == property.Name);
                if (index < 0)
                {
                    union.Add(property);
                    continue;
                }

                if (MergeProperties(ns, union[index], property) is not { } merged)
                {
                    conflict = property.Name;
                    return null;
                }

                union[index] = merged;
            }
        }

        var everywhere = union.Select(property => types.All(type => type.Find(property.Name) is not null) ? property : MakeNullable(property));
        return new StructuredType(ns, first.Name, [.. everywhere], []);
    }

    private static Property? MergeProperties(string ns, Property one, Property other)
    {
        if (TypeRules.AreSame(one.Type, other.Type))
        {
            return other.IsNullable && !one.IsNavigation ? MakeNullable(one) : one;
        }

        return one.Type is StructuredType a && other.Type is StructuredType b && MergeTypes(ns, [a, b], out _) is { } merged
            ? new Property(one.Name, merged, nullable: true)
            : null;
    }
}
