namespace ODataEngine.Model;

/// <summary>The values of a primitive property or an enumeration property (as <see cref="int"/>).</summary>
/// <param name="values">The value of each row; undefined if the row is null.</param>
/// <param name="nulls">True for the rows that are null; null if no row is.</param>
public sealed class ValueColumn<T>(Property property, T[] values, bool[]? nulls) : ValueColumn(property)
{
    public T[] Values { get; } = values;

    internal bool[]? Nulls => nulls;

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

/// <summary>A column of single values of any type.</summary>
public abstract class ValueColumn(Property property) : Column(property)
{
    /// <summary>Gets the value as an object; null if the row is null. Allocates, so it is not for hot paths.</summary>
    public abstract object? GetBoxedValue(int row);
}

/// <summary>
/// A collection property: the items of row r are the rows <c>Starts[r]</c> up to but not including <c>Starts[r + 1]</c> of
/// <see cref="Elements"/>. The elements table of a primitive collection has one column, <see cref="ItemName"/>.
/// </summary>
public sealed class CollectionColumn(Property property, Table elements, int[] starts) : Column(property)
{
    public const string ItemName = "$this";

    public Table Elements { get; } = elements;

    public int[] Starts { get; } = starts;

    public override bool IsUniform => base.IsUniform && Elements.IsUniform;

    /// <summary>Returns false: a collection may be empty but is never null.</summary>
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

/// <summary>The values of one property, one per row. Immutable once its table set is built.</summary>
public abstract class Column(Property property)
{
    public Property Property { get; } = property;

    public abstract bool IsNull(int row);

    /// <summary>Gets whether every row has the property, and no complex value is of a type derived from the declared one.</summary>
    public virtual bool IsUniform => Absent is null;

    /// <summary>Gets true for the rows without the property, which are null too; null if all rows have it.</summary>
    internal bool[]? Absent { get; private set; }

    /// <summary>Tests whether a row lacks the property: <c>$apply</c> combined rows of different types (OData Data Aggregation 4.0, 3.2.3.2).</summary>
    internal bool IsAbsent(int row) => Absent is not null && Absent[row];

    /// <summary>Sets the rows without the property of a new column; null for none.</summary>
    internal Column MarkAbsent(bool[]? absent)
    {
        Absent = absent;
        return this;
    }

    /// <summary>Tests whether two rows have the same value, including nested values. The other column may belong to another table of the same type.</summary>
    public abstract bool ValueEquals(int row, Column other, int otherRow);
}

/// <summary>A complex property: its properties are columns of <see cref="Fields"/>, where each row has the same number.</summary>
/// <param name="nulls">True for the rows whose whole value is null; null if no row is.</param>
public sealed class ComplexColumn(Property property, Table fields, bool[]? nulls) : Column(property)
{
    public Table Fields { get; } = fields;

    public override bool IsUniform => base.IsUniform && Fields.IsUniform;

    public override bool IsNull(int row) => nulls is not null && nulls[row];

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        other is ComplexColumn otherComplex
        && (IsNull(row) ? otherComplex.IsNull(otherRow) : !otherComplex.IsNull(otherRow) && Fields.RowEquals(row, otherComplex.Fields, otherRow));
}

/// <summary>
/// A navigation property: the targets of row r are the rows <c>Rows[Starts[r]]</c> up to but not including <c>Rows[Starts[r + 1]]</c> of
/// <see cref="Target"/>; at most one if the property is single-valued.
/// </summary>
public sealed class NavigationColumn(Property property, Table target, int[] starts, int[] rows) : Column(property)
{
    public Table Target { get; } = target;

    public int[] Starts { get; } = starts;

    public int[] Rows { get; } = rows;

    public override bool IsNull(int row) => Starts[row] == Starts[row + 1];

    public ReadOnlySpan<int> GetTargets(int row) => Rows.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Gets the single target of a row; -1 if there is none.</summary>
    public int GetSingleTarget(int row) => IsNull(row) ? -1 : Rows[Starts[row]];

    /// <summary>Returns true: related entities are not part of the value of an entity.</summary>
    public override bool ValueEquals(int row, Column other, int otherRow) => true;
}
