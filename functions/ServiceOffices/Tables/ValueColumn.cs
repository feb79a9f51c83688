namespace ServiceOffices.Tables;

/// <summary>A primitive or enumeration property's values (an enumeration's as <see cref="int"/>).</summary>
/// <param name="values">A value a row; what stands at a null row means nothing.</param>
/// <param name="nulls">True at the rows that are null; null where no row is.</param>
public sealed class ValueColumn<T>(Property property, T[] values, bool[]? nulls) : ValueColumn(property)
{
    public T[] Values { get; } = values;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override object? GetBoxedValue(int row) => IsNull(row) ? null : Values[row];

    public bool TryGet(int row, out T value)
    {
        value = Values[row];
        return !IsNull(row);
    }

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        other is ValueColumn<T> otherValues
        && (IsNull(row)
            ? otherValues.IsNull(otherRow)
            : !otherValues.IsNull(otherRow) && EqualityComparer<T>.Default.Equals(Values[row], otherValues.Values[otherRow]));
}

/// <summary>A column of single values whatever their type.</summary>
public abstract class ValueColumn(Property property) : Column(property)
{
    /// <summary>The value as an object, null where the row is; for the paths where speed does not matter.</summary>
    public abstract object? GetBoxedValue(int row);
}
