namespace ServiceOffices.Tables;

/// <summary>The answer to a query before any byte is written: rows of one table, in order.</summary>
/// <param name="Rows">Row numbers of <paramref name="Table"/>.</param>
public readonly record struct RowSet(Table Table, ReadOnlyMemory<int> Rows)
{
    /// <summary>Every row of a table, in the table's order.</summary>
    public static RowSet All(Table table) => new(table, table.AllRows);

    /// <summary>Whether this is what <see cref="All"/> gives for its table.</summary>
    public bool IsAll => Rows.Equals(Table.AllRows);
}
