namespace ServiceOffices.Tables;

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
