using System.Collections.ObjectModel;

namespace ODataEngine.Model;

/// <summary>An entity type or a complex type: properties in order of output, those of the base type first.</summary>
public sealed class StructuredType : DataType
{
    private readonly Dictionary<string, Property> byName;
    private readonly List<StructuredType> derivedTypes = [];
    private IReadOnlyList<Property>? allProperties;

    /// <param name="key">The names of the key properties, in order; empty for a complex type.</param>
    /// <exception cref="ArgumentException">Two properties have the same name, or a key property does not exist.</exception>
    public StructuredType(string ns, string name, IReadOnlyList<Property> properties, IReadOnlyList<string> key)
        : this(ns, name, null, properties)
    {
        Key = [.. key.Select(part => Find(part) ?? throw new ArgumentException($"{FullName} has no property '{part}', which is part of its key.", nameof(key)))];
    }

    private StructuredType(string ns, string name, StructuredType? baseType, IReadOnlyList<Property> ownProperties)
    {
        Name = name;
        FullName = ns + "." + name;
        BaseType = baseType;
        OwnProperties = ownProperties;
        Properties = baseType is null ? ownProperties : [.. baseType.Properties, .. ownProperties];
        byName = Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
    }

    public string Name { get; }

    public override string FullName { get; }

    public override string DisplayName => Name;

    /// <summary>Gets the base type; null if there is none.</summary>
    public StructuredType? BaseType { get; }

    /// <summary>Gets the directly derived types.</summary>
    public IReadOnlyList<StructuredType> DerivedTypes => derivedTypes;

    /// <summary>Gets all properties, including navigation properties and those of the base type.</summary>
    public IReadOnlyList<Property> Properties { get; }

    /// <summary>Gets the properties that the base type does not have.</summary>
    public IReadOnlyList<Property> OwnProperties { get; }

    /// <summary>Gets <see cref="Properties"/>, then the properties of derived types. The index of a property is the ordinal of its column in a <see cref="Table"/>.</summary>
    public IReadOnlyList<Property> AllProperties => derivedTypes.Count == 0
        ? Properties
        : allProperties ??= [.. Properties, .. derivedTypes.SelectMany(type => type.AllProperties.Skip(Properties.Count))];

    public IReadOnlyList<Property> Key { get; private init; } = [];

    /// <summary>Gets the equivalent classes of public vocabularies, as prefixed names: <c>schema:Library</c>.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Gets the properties that describe each entity as an event; null if the entities are not events.</summary>
    public EventProperties? EventProperties { get; init; }

    public bool IsEntity => Key.Count > 0;

    /// <summary>Creates a derived type (CSDL XML 4.01, 6.2), which has the properties and the key of its base type.</summary>
    /// <param name="ownProperties">The properties that the base type does not have.</param>
    /// <exception cref="ArgumentException">Another type of the hierarchy has a property of the same name.</exception>
    public static StructuredType CreateDerived(StructuredType baseType, string ns, string name, IReadOnlyList<Property> ownProperties)
    {
        var root = baseType;
        while (root.BaseType is { } ancestor)
        {
            root = ancestor;
        }

        if (ownProperties.FirstOrDefault(property => root.AllProperties.Any(other => other.Name == property.Name)) is { } duplicate)
        {
            throw new ArgumentException($"{ns}.{name} declares '{duplicate}', which another type derived from {root.FullName} declares already.", nameof(ownProperties));
        }

        var type = new StructuredType(ns, name, baseType, ownProperties) { Key = baseType.Key };
        baseType.derivedTypes.Add(type);
        for (var ancestor = baseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            ancestor.allProperties = null;
        }

        return type;
    }

    /// <summary>Finds the property with this exact name; null if there is none.</summary>
    public Property? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Finds the type that declares a property, among this type, its base types and its derived types; null if none does.</summary>
    public StructuredType? FindDeclaringType(Property property) =>
        OwnProperties.Contains(property) ? this
        : Properties.Contains(property) ? BaseType!.FindDeclaringType(property)
        : derivedTypes.Select(type => type.FindDeclaringType(property)).FirstOrDefault(type => type is not null);

    /// <summary>Tests whether this is the other type or derives from it, directly or indirectly.</summary>
    public bool IsOrDerivesFrom(StructuredType other) => ReferenceEquals(this, other) || (BaseType is not null && BaseType.IsOrDerivesFrom(other));

    /// <summary>Gets the index of a property in <see cref="AllProperties"/>.</summary>
    public int GetOrdinal(Property property)
    {
        var properties = AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (ReferenceEquals(properties[i], property))
            {
                return i;
            }
        }

        throw new ArgumentException($"'{property.Name}' is not a property of {FullName}.", nameof(property));
    }
}

/// <summary>The names of the properties that describe an event: its date, kind and location. A property that a query result does not have is ignored.</summary>
/// <param name="Date">The date, or the first day of a period.</param>
/// <param name="Precision">The length of the period: <c>month</c>, <c>halfYear</c> or <c>year</c>; any other value is one day.</param>
/// <param name="Kind">The kind of event: a code with a label.</param>
/// <param name="Location">The navigation property to the entity of the event.</param>
/// <param name="LocationId">The id of that entity.</param>
public sealed record EventProperties(string Date, string Precision, string Kind, string Location, string LocationId)
{
    /// <summary>The entity set of the location, in which an event's location is found by its id; null to use it only if it is expanded.</summary>
    public string? LocationSet { get; init; }

    /// <summary>A property that repeats the name of the location; null if there is none.</summary>
    public string? LocationName { get; init; }

    /// <summary>The property of the location with the time of the last change of the location or its events; null if there is none.</summary>
    public string? Modified { get; init; }

    /// <summary>A sentence for each code of the kind: <c>{0}</c> is the name of the location, and <c>{1}</c> the date with its preposition.</summary>
    public IReadOnlyDictionary<string, LocalizedString> Sentences { get; init; } = ReadOnlyDictionary<string, LocalizedString>.Empty;
}
