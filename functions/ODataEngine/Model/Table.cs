namespace ODataEngine.Model;

/// <summary>Rows of one structured type, held column by column. Immutable once its table set is built.</summary>
public sealed class Table
{
    private readonly Column?[] columns;
    private readonly StructuredType[]? rowTypes;
    private readonly Lazy<KeyIndex> keyIndex;
    private int[]? allRows;

    /// <param name="columns">One for each of the type's <see cref="StructuredType.AllProperties"/>; null where it is linked later.</param>
    /// <param name="rowTypes">Each row's own type; null where that is the declared one everywhere.</param>
    internal Table(StructuredType type, int count, Column?[] columns, StructuredType[]? rowTypes = null)
    {
        Type = type;
        Count = count;
        this.columns = columns;
        this.rowTypes = rowTypes;
        IsUniform = rowTypes is null && Array.TrueForAll(columns, column => column is null or { IsUniform: true });
        keyIndex = new Lazy<KeyIndex>(() => new KeyIndex(this));
    }

    /// <summary>The number of each row, in order; made once.</summary>
    internal ReadOnlyMemory<int> AllRows => allRows ??= [.. Enumerable.Range(0, Count)];

    /// <summary>The declared type: a row is of it or of a type derived from it.</summary>
    public StructuredType Type { get; }

    public int Count { get; }

    /// <summary>Whether no row, nor any complex value in one, is of a type derived from the declared one.</summary>
    public bool IsUniform { get; }

    /// <summary>The column of a property of <see cref="Type"/> or of a type derived from it; there it is null at rows of other types.</summary>
    public Column this[Property property] => GetColumn(Type.GetOrdinal(property));

    /// <exception cref="KeyNotFoundException">The type has no such property, nor has one derived from it.</exception>
    public Column this[string property] =>
        this[FindProperty(property) ?? throw new KeyNotFoundException($"{Type.FullName} has no property '{property}'.")];

    /// <summary>The property of this exact name of <see cref="Type"/> or of a type derived from it, or null.</summary>
    public Property? FindProperty(string name) =>
        Type.Find(name) ?? (Type.DerivedTypes.Count == 0 ? null : Type.AllProperties.FirstOrDefault(candidate => candidate.Name == name));

    /// <summary>The column at a property's place in <see cref="StructuredType.AllProperties"/>.</summary>
    public Column GetColumn(int ordinal) =>
        columns[ordinal] ?? throw new InvalidOperationException($"'{Type.AllProperties[ordinal].Name}' is not linked yet.");

    /// <summary>A row's own type.</summary>
    public StructuredType GetRowType(int row) => rowTypes is null ? Type : rowTypes[row];

    /// <summary>The row with this key, or -1. The parts stand in key order and have the key columns' CLR types.</summary>
    public int FindRow(params IReadOnlyList<object> key) => keyIndex.Value.Find(key);

    /// <summary>The row with this key, or -1; for a type whose key is one property.</summary>
    internal int FindRowBySingleKey(object key) => keyIndex.Value.FindBySingleKey(key);

    /// <summary>Whether two rows hold the same values; navigation does not count.</summary>
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

/// <summary>The answer to a query before any byte is written: rows of one table, in order.</summary>
/// <param name="Rows">Row numbers of <paramref name="Table"/>.</param>
public readonly record struct RowSet(Table Table, ReadOnlyMemory<int> Rows)
{
    /// <summary>Every row of a table, in the table's order.</summary>
    public static RowSet All(Table table) => new(table, table.AllRows);

    /// <summary>Whether this is what <see cref="All"/> gives for its table.</summary>
    public bool IsAll => Rows.Equals(Table.AllRows);
}
