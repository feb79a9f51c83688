namespace ServiceOffices.Tables;

/// <summary>An entity type or a complex type: named properties in their order of output.</summary>
public sealed class StructuredType : DataType
{
    private readonly Dictionary<string, Property> byName;

    /// <param name="key">The key properties' names in order; empty for a complex type.</param>
    /// <exception cref="ArgumentException">Two properties share a name, or a key names none of them.</exception>
    public StructuredType(string ns, string name, IReadOnlyList<Property> properties, IReadOnlyList<string> key)
    {
        Name = name;
        FullName = ns + "." + name;
        Properties = properties;
        byName = properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        Key = [.. key.Select(part => byName.TryGetValue(part, out var property)
            ? property
            : throw new ArgumentException($"{FullName} has no property '{part}' to be its key.", nameof(key)))];
    }

    public string Name { get; }

    public override string FullName { get; }

    /// <summary>Every property, navigation properties included; a property's place is its column's place in a <see cref="Table"/>.</summary>
    public IReadOnlyList<Property> Properties { get; }

    public IReadOnlyList<Property> Key { get; }

    public bool IsEntity => Key.Count > 0;

    /// <summary>The property of this exact name, or null.</summary>
    public Property? Find(string name) => byName.GetValueOrDefault(name);

    public int OrdinalOf(Property property)
    {
        for (var i = 0; i < Properties.Count; i++)
        {
            if (ReferenceEquals(Properties[i], property))
            {
                return i;
            }
        }

        throw new ArgumentException($"'{property.Name}' is not a property of {FullName}.", nameof(property));
    }
}
