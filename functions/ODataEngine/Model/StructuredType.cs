namespace ODataEngine.Model;

/// <summary>An entity type or a complex type: named properties in their order of output, its own behind those of its base type.</summary>
public sealed class StructuredType : DataType
{
    private readonly Dictionary<string, Property> byName;
    private readonly List<StructuredType> derivedTypes = [];
    private IReadOnlyList<Property>? allProperties;

    /// <param name="key">The key properties' names in order; empty for a complex type.</param>
    /// <exception cref="ArgumentException">Two properties share a name, or a key names none of them.</exception>
    public StructuredType(string ns, string name, IReadOnlyList<Property> properties, IReadOnlyList<string> key)
        : this(ns, name, null, properties)
    {
        Key = [.. key.Select(part => Find(part) ?? throw new ArgumentException($"{FullName} has no property '{part}' to be its key.", nameof(key)))];
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

    /// <summary>Null where it derives from none.</summary>
    public StructuredType? BaseType { get; }

    /// <summary>The types that derive from this one directly.</summary>
    public IReadOnlyList<StructuredType> DerivedTypes => derivedTypes;

    /// <summary>Every property, navigation properties and those of the base type included.</summary>
    public IReadOnlyList<Property> Properties { get; }

    /// <summary>The properties that the base type has not.</summary>
    public IReadOnlyList<Property> OwnProperties { get; }

    /// <summary><see cref="Properties"/>, then those that only derived types have; a property's place is its column's place in a <see cref="Table"/>.</summary>
    public IReadOnlyList<Property> AllProperties => derivedTypes.Count == 0
        ? Properties
        : allProperties ??= [.. Properties, .. derivedTypes.SelectMany(type => type.AllProperties.Skip(Properties.Count))];

    public IReadOnlyList<Property> Key { get; private init; } = [];

    /// <summary>The classes of public vocabularies that its values are of, as prefixed names: <c>schema:GovernmentOffice</c>.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>What makes each entity something that happens on a date; null where they are no such thing.</summary>
    public EventProperties? EventProperties { get; init; }

    public bool IsEntity => Key.Count > 0;

    /// <summary>A derived type (CSDL XML 4.01, 6.2): it has its base type's properties and key.</summary>
    /// <param name="ownProperties">The properties that the base type has not.</param>
    /// <exception cref="ArgumentException">Two properties share a name; a name may stand only once among all types of one hierarchy.</exception>
    public static StructuredType CreateDerived(StructuredType baseType, string ns, string name, IReadOnlyList<Property> ownProperties)
    {
        var root = baseType;
        while (root.BaseType is { } ancestor)
        {
            root = ancestor;
        }

        if (ownProperties.FirstOrDefault(property => root.AllProperties.Any(other => other.Name == property.Name)) is { } duplicate)
        {
            throw new ArgumentException($"{ns}.{name} declares '{duplicate}', which another type under {root.FullName} declares.", nameof(ownProperties));
        }

        var type = new StructuredType(ns, name, baseType, ownProperties) { Key = baseType.Key };
        baseType.derivedTypes.Add(type);
        for (var ancestor = baseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            ancestor.allProperties = null;
        }

        return type;
    }

    /// <summary>The property of this exact name, or null.</summary>
    public Property? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The type, among this, those it derives from and those that derive from it, that has a property of its own; null where none has.</summary>
    public StructuredType? FindDeclaringType(Property property) =>
        OwnProperties.Contains(property) ? this
        : Properties.Contains(property) ? BaseType!.FindDeclaringType(property)
        : derivedTypes.Select(type => type.FindDeclaringType(property)).FirstOrDefault(type => type is not null);

    /// <summary>Whether this is a type or derives from it, at whatever distance.</summary>
    public bool IsOrDerivesFrom(StructuredType other) => ReferenceEquals(this, other) || (BaseType is not null && BaseType.IsOrDerivesFrom(other));

    /// <summary>The place among <see cref="AllProperties"/>.</summary>
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

/// <summary>Which properties say when something happened, what it was and where. One that a query's result lacks is passed over.</summary>
/// <param name="Date">The date, or the first day of a period.</param>
/// <param name="Precision">How long the period is: <c>month</c>, <c>halfYear</c> or <c>year</c>; anything else is one day.</param>
/// <param name="Kind">What happened: a code with a label.</param>
/// <param name="Location">The entity that it happened to, read where it is expanded.</param>
/// <param name="LocationId">That entity's id.</param>
public sealed record EventProperties(string Date, string Precision, string Kind, string Location, string LocationId);
