namespace ServiceOffices.Tables;

/// <summary>One property's values, a row each. Immutable once its table set is built.</summary>
public abstract class Column(Property property)
{
    public Property Property { get; } = property;

    public abstract bool IsNull(int row);

    /// <summary>Whether no complex value in it is of a type derived from the declared one.</summary>
    public virtual bool IsUniform => true;

    /// <summary>Whether two rows hold the same value, nested values included; the other column may belong to another table of the same type.</summary>
    public abstract bool ValueEquals(int row, Column other, int otherRow);
}
