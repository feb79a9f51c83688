namespace ServiceOffices.Tables;

/// <summary>Rows of one structured type, held column by column. Immutable once its table set is built.</summary>
public sealed class Table
{
    private readonly Column?[] columns;
    private readonly StructuredType[]? actual;
    private readonly Lazy<KeyIndex> keys;
    private int[]? every;

    /// <param name="columns">One for each of the type's <see cref="StructuredType.AllProperties"/>; null where it is linked later.</param>
    /// <param name="actual">Each row's own type; null where that is the declared one everywhere.</param>
    internal Table(StructuredType type, int count, Column?[] columns, StructuredType[]? actual = null)
    {
        Type = type;
        Count = count;
        this.columns = columns;
        this.actual = actual;
        IsUniform = actual is null && Array.TrueForAll(columns, column => column is null or { IsUniform: true });
        keys = new Lazy<KeyIndex>(() => new KeyIndex(this));
    }

    /// <summary>The number of each row, in order; made once.</summary>
    internal ReadOnlyMemory<int> Every => every ??= [.. Enumerable.Range(0, Count)];

    /// <summary>The declared type: a row is of it or of a type derived from it.</summary>
    public StructuredType Type { get; }

    public int Count { get; }

    /// <summary>Whether no row, nor any complex value in one, is of a type derived from the declared one.</summary>
    public bool IsUniform { get; }

    /// <summary>The column of a property of <see cref="Type"/> or of a type derived from it; there it is null at rows of other types.</summary>
    public Column this[Property property] => ColumnAt(Type.OrdinalOf(property));

    /// <exception cref="KeyNotFoundException">The type has no such property, nor has one derived from it.</exception>
    public Column this[string property] =>
        this[PropertyNamed(property) ?? throw new KeyNotFoundException($"{Type.FullName} has no property '{property}'.")];

    /// <summary>The property of this exact name of <see cref="Type"/> or of a type derived from it, or null.</summary>
    public Property? PropertyNamed(string property) =>
        Type.Find(property) ?? (Type.DerivedTypes.Count == 0 ? null : Type.AllProperties.FirstOrDefault(candidate => candidate.Name == property));

    /// <summary>The column at a property's place in <see cref="StructuredType.AllProperties"/>.</summary>
    public Column ColumnAt(int ordinal) =>
        columns[ordinal] ?? throw new InvalidOperationException($"'{Type.AllProperties[ordinal].Name}' is not linked yet.");

    /// <summary>A row's own type.</summary>
    public StructuredType TypeAt(int row) => actual is null ? Type : actual[row];

    /// <summary>The row with this key, or -1. The parts stand in key order and have the key columns' CLR types.</summary>
    public int Find(params IReadOnlyList<object> key) => keys.Value.Find(key);

    /// <summary>The row with this key, or -1; for a type whose key is one property.</summary>
    internal int FindSingle(object key) => keys.Value.FindSingle(key);

    /// <summary>Whether two rows hold the same values; navigation does not count.</summary>
    public bool SameRow(int row, Table other, int otherRow)
    {
        if ((actual is not null || other.actual is not null) && TypeAt(row).FullName != other.TypeAt(otherRow).FullName)
        {
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (!Type.AllProperties[i].IsNavigation && !ColumnAt(i).SameValue(row, other.ColumnAt(i), otherRow))
            {
                return false;
            }
        }

        return true;
    }

    internal void Link(LinkColumn column) => columns[Type.OrdinalOf(column.Property)] = column;
}
