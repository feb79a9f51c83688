namespace ServiceOffices.Tables;

/// <summary>An ordered collection of primitive, enumeration or structured values.</summary>
public sealed class CollectionType(DataType element) : DataType
{
    public DataType Element { get; } = element;

    public override string FullName => $"Collection({Element.FullName})";
}
