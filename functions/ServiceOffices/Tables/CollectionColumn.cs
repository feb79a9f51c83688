namespace ServiceOffices.Tables;

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
