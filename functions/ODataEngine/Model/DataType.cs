namespace ODataEngine.Model;

/// <summary>The type of a property or of an expression's value: primitive, enumeration, structured or a collection of one of these.</summary>
public abstract class DataType
{
    /// <summary>The OData name: <c>Edm.String</c>, <c>ServiceOffices.Address</c>, <c>Collection(Edm.String)</c>.</summary>
    public abstract string FullName { get; }

    /// <summary>The name in messages to clients: without the namespace, but for types in <c>Edm</c>.</summary>
    public virtual string DisplayName => FullName;

    public override string ToString() => FullName;
}

/// <summary>An ordered collection of primitive, enumeration or structured values.</summary>
public sealed class CollectionType(DataType element) : DataType
{
    public DataType Element { get; } = element;

    public override string FullName => $"Collection({Element.FullName})";

    public override string DisplayName => $"Collection({Element.DisplayName})";
}

/// <summary>An enumeration whose values are held as their underlying numbers (CSDL 4.01, 10).</summary>
public sealed class EnumType(string fullName, IReadOnlyList<(string Name, int Value)> members) : DataType
{
    public override string FullName { get; } = fullName;

    public override string DisplayName => FullName[(FullName.LastIndexOf('.') + 1)..];

    public IReadOnlyList<(string Name, int Value)> Members { get; } = members;
}
