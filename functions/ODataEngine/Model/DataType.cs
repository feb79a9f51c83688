namespace ODataEngine.Model;

/// <summary>The type of a property or of the value of an expression: primitive, enumeration, structured, or a collection of one of these.</summary>
public abstract class DataType
{
    /// <summary>Gets the qualified OData name, such as <c>Edm.String</c>, <c>Library.Address</c> or <c>Collection(Edm.String)</c>.</summary>
    public abstract string FullName { get; }

    /// <summary>Gets the name used in messages to clients: without the namespace, except for types in <c>Edm</c>.</summary>
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

/// <summary>An enumeration, whose values are stored as their underlying numbers (CSDL 4.01, 10).</summary>
public sealed class EnumType(string fullName, IReadOnlyList<(string Name, int Value)> members) : DataType
{
    public override string FullName { get; } = fullName;

    public override string DisplayName => FullName[(FullName.LastIndexOf('.') + 1)..];

    public IReadOnlyList<(string Name, int Value)> Members { get; } = members;
}
