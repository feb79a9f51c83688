using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>The types of the rows that steps of <c>$apply</c> make.</summary>
internal static class Outputs
{
    /// <summary>A type in the place of another, named like it.</summary>
    public static StructuredType Make(StructuredType input, IReadOnlyList<Property> properties, bool keyed) => new(
        input.FullName[..^(input.Name.Length + 1)], input.Name, properties, keyed ? [.. input.Key.Select(part => part.Name)] : []);

    /// <summary>The input's properties and new ones behind them; an entity stays the entity that it is.</summary>
    public static StructuredType Add(StructuredType input, IReadOnlyList<Property> properties) =>
        Make(input, [.. input.Properties, .. properties], keyed: true);

    /// <summary>A property that may be missing from a row.</summary>
    public static Property Nullable(Property property) => property.Nullable || property.IsNavigation || property.IsCollection
        ? property
        : new Property(property.Name, property.Type, nullable: true)
        {
            Title = property.Title, Description = property.Description, Unit = property.Unit, AllowedValues = property.AllowedValues,
        };

    /// <summary>Every property of all the types; null where <paramref name="clash"/> has two types.</summary>
    public static StructuredType? Union(string ns, IReadOnlyList<StructuredType> types, out string? clash)
    {
        clash = null;
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
                var place = union.FindIndex(other => other.Name == property.Name);
                if (place < 0)
                {
                    union.Add(property);
                    continue;
                }

                if (Merge(ns, union[place], property) is not { } merged)
                {
                    clash = property.Name;
                    return null;
                }

                union[place] = merged;
            }
        }

        var everywhere = union.Select(property => types.All(type => type.Find(property.Name) is not null) ? property : Nullable(property));
        return new StructuredType(ns, first.Name, [.. everywhere], []);
    }

    private static Property? Merge(string ns, Property one, Property other)
    {
        if (TypeRules.Same(one.Type, other.Type))
        {
            return other.Nullable && !one.IsNavigation ? Nullable(one) : one;
        }

        return one.Type is StructuredType a && other.Type is StructuredType b && Union(ns, [a, b], out _) is { } merged
            ? new Property(one.Name, merged, nullable: true)
            : null;
    }
}
