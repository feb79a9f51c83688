namespace ServiceOffices.Tables;

/// <summary>The type of a property or of an expression's value: primitive, enumeration, structured or a collection of one of these.</summary>
public abstract class DataType
{
    /// <summary>The OData name: <c>Edm.String</c>, <c>ServiceOffices.Address</c>, <c>Collection(Edm.String)</c>.</summary>
    public abstract string FullName { get; }

    public override string ToString() => FullName;
}
