namespace ODataEngine.Model;

/// <summary>The rows of one structured type, stored by column. Immutable once its table set is built.</summary>
public sealed class Table
{
    private readonly Column?[] columns;
    private readonly StructuredType[]? rowTypes;
    private readonly Lazy<KeyIndex> keyIndex;
    private int[]? allRows;

    /// <param name="columns">A column for each of <see cref="StructuredType.AllProperties"/>; null for a navigation property that is linked later.</param>
    /// <param name="rowTypes">The type of each row; null if all rows are of the declared type.</param>
    internal Table(StructuredType type, int count, Column?[] columns, StructuredType[]? rowTypes = null)
    {
        Type = type;
        Count = count;
        this.columns = columns;
        this.rowTypes = rowTypes;
        IsUniform = rowTypes is null && Array.TrueForAll(columns, column => column is null or { IsUniform: true });
        keyIndex = new Lazy<KeyIndex>(() => new KeyIndex(this));
    }

    /// <summary>Gets the numbers of all rows, in order. Created once.</summary>
    internal ReadOnlyMemory<int> AllRows => allRows ??= [.. Enumerable.Range(0, Count)];

    /// <summary>Gets the declared type: each row is of it or of a derived type.</summary>
    public StructuredType Type { get; }

    public int Count { get; }

    /// <summary>Gets whether every row has all properties, and no row and no complex value in a row is of a type derived from the declared one.</summary>
    public bool IsUniform { get; }

    /// <summary>Gets the column of a property of <see cref="Type"/> or of a derived type; the latter is null for rows of other types.</summary>
    public Column this[Property property] => GetColumn(Type.GetOrdinal(property));

    /// <exception cref="KeyNotFoundException">Neither the type nor a derived type has such a property.</exception>
    public Column this[string property] =>
        this[FindProperty(property) ?? throw new KeyNotFoundException($"{Type.FullName} has no property '{property}'.")];

    /// <summary>Finds the property with this exact name of <see cref="Type"/> or of a derived type; null if there is none.</summary>
    public Property? FindProperty(string name) =>
        Type.Find(name) ?? (Type.DerivedTypes.Count == 0 ? null : Type.AllProperties.FirstOrDefault(candidate => candidate.Name == name));

    /// <summary>Gets the column of a property by its index in <see cref="StructuredType.AllProperties"/>.</summary>
    public Column GetColumn(int ordinal) =>
        columns[ordinal] ?? throw new InvalidOperationException($"'{Type.AllProperties[ordinal].Name}' is not linked yet.");

    /// <summary>Gets the type of a row.</summary>
    public StructuredType GetRowType(int row) => rowTypes is null ? Type : rowTypes[row];

    /// <summary>Finds the row with this key; -1 if there is none. The parts are in key order and have the CLR types of the key columns.</summary>
    public int FindRow(params IReadOnlyList<object> key) => keyIndex.Value.Find(key);

    /// <summary>Finds the row with this key, for a type with a single key property; -1 if there is none.</summary>
    internal int FindRowBySingleKey(object key) => keyIndex.Value.FindBySingleKey(key);

    /// <summary>Tests whether two rows have the same values. Navigation properties are ignored.</summary>
    public bool RowEquals(int row, Table other, int otherRow)
    {
        if ((rowTypes is not null || other.rowTypes is not null) && GetRowType(row).FullName != other.GetRowType(otherRow).FullName)
        {
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (!Type.AllProperties[i].IsNavigation && !GetColumn(i).ValueEquals(row, other.GetColumn(i), otherRow))
            {
                return false;
            }
        }

        return true;
    }

    internal void Link(NavigationColumn column) => columns[Type.GetOrdinal(column.Property)] = column;
}

/// <summary>Rows of one table, in order: the result of a query before it is written.</summary>
/// <param name="Rows">The numbers of the rows.</param>
public readonly record struct RowSet(Table Table, ReadOnlyMemory<int> Rows)
{
    /// <summary>Creates a set of all rows of a table, in order.</summary>
    public static RowSet All(Table table) => new(table, table.AllRows);

    /// <summary>Gets whether the set is the result of <see cref="All"/>.</summary>
    public bool IsAll => Rows.Equals(Table.AllRows);
}
