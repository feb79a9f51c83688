namespace ServiceOffices.Tables;

/// <summary>Rows of one structured type, held column by column. Immutable once its table set is built.</summary>
public sealed class Table
{
    private readonly Column?[] columns;
    private readonly Lazy<KeyIndex> keys;

    internal Table(StructuredType type, int count, Column?[] columns)
    {
        Type = type;
        Count = count;
        this.columns = columns;
        keys = new Lazy<KeyIndex>(() => new KeyIndex(this));
    }

    public StructuredType Type { get; }

    public int Count { get; }

    /// <summary>The column of a property of <see cref="Type"/>.</summary>
    public Column this[Property property] => ColumnAt(Type.OrdinalOf(property));

    /// <exception cref="KeyNotFoundException">The type has no such property.</exception>
    public Column this[string property] =>
        this[Type.Find(property) ?? throw new KeyNotFoundException($"{Type.FullName} has no property '{property}'.")];

    /// <summary>The column at a property's place in <see cref="StructuredType.Properties"/>.</summary>
    public Column ColumnAt(int ordinal) =>
        columns[ordinal] ?? throw new InvalidOperationException($"'{Type.Properties[ordinal].Name}' is not linked yet.");

    /// <summary>The row with this key, or -1. The parts stand in key order and have the key columns' CLR types.</summary>
    public int Find(params IReadOnlyList<object> key) => keys.Value.Find(key);

    /// <summary>Whether two rows hold the same values; navigation does not count.</summary>
    public bool SameRow(int row, Table other, int otherRow)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (!Type.Properties[i].IsNavigation && !ColumnAt(i).SameValue(row, other.ColumnAt(i), otherRow))
            {
                return false;
            }
        }

        return true;
    }

    internal void Link(int ordinal, LinkColumn column) => columns[ordinal] = column;
}
