namespace ODataEngine.Model;

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

/// <summary>
/// A collection property: row r's items are the rows <c>Starts[r]</c> up to but not <c>Starts[r + 1]</c> of
/// <see cref="Elements"/>. The elements table of a primitive collection has one column, <see cref="ItemName"/>.
/// </summary>
public sealed class CollectionColumn(Property property, Table elements, int[] starts) : Column(property)
{
    public const string ItemName = "$this";

    public Table Elements { get; } = elements;

    public int[] Starts { get; } = starts;

    public override bool IsUniform => Elements.IsUniform;

    /// <summary>A collection is never null: where nothing is known it is empty.</summary>
    public override bool IsNull(int row) => false;

    public int GetCount(int row) => Starts[row + 1] - Starts[row];

    public override bool ValueEquals(int row, Column other, int otherRow)
    {
        if (other is not CollectionColumn otherCollection || GetCount(row) != otherCollection.GetCount(otherRow))
        {
            return false;
        }

        for (var i = 0; i < GetCount(row); i++)
        {
            if (!Elements.RowEquals(Starts[row] + i, otherCollection.Elements, otherCollection.Starts[otherRow] + i))
            {
                return false;
            }
        }

        return true;
    }
}

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

/// <summary>A complex property: its own properties are columns of <see cref="Fields"/>, in which a row has the same number.</summary>
/// <param name="nulls">True at the rows where the whole value is null; null where no row is.</param>
public sealed class ComplexColumn(Property property, Table fields, bool[]? nulls) : Column(property)
{
    public Table Fields { get; } = fields;

    public override bool IsUniform => Fields.IsUniform;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        other is ComplexColumn otherComplex
        && (IsNull(row) ? otherComplex.IsNull(otherRow) : !otherComplex.IsNull(otherRow) && Fields.RowEquals(row, otherComplex.Fields, otherRow));
}

/// <summary>
/// A navigation property: row r leads to the rows <c>Rows[Starts[r]]</c> up to but not <c>Rows[Starts[r + 1]]</c> of
/// <see cref="Target"/>; one that leads to a single entity has at most one.
/// </summary>
public sealed class NavigationColumn(Property property, Table target, int[] starts, int[] rows) : Column(property)
{
    public Table Target { get; } = target;

    public int[] Starts { get; } = starts;

    public int[] Rows { get; } = rows;

    public override bool IsNull(int row) => Starts[row] == Starts[row + 1];

    public ReadOnlySpan<int> GetTargets(int row) => Rows.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The single row that a row leads to, or -1.</summary>
    public int GetSingleTarget(int row) => IsNull(row) ? -1 : Rows[Starts[row]];

    /// <summary>What an entity is linked to is not part of its own value.</summary>
    public override bool ValueEquals(int row, Column other, int otherRow) => true;
}
