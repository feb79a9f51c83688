namespace ServiceOffices.Tables;

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
