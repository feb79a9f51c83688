namespace ODataEngine.Model;

/// <summary>All tables of a model at one revision: the complete, immutable data that queries read.</summary>
public sealed class TableSet
{
    private readonly Dictionary<string, Table> tables;

    internal TableSet(EntityModel model, Dictionary<string, Table> tables, long revision, DateTimeOffset lastModified)
    {
        Model = model;
        this.tables = tables;
        Revision = revision;
        LastModified = lastModified;
    }

    public EntityModel Model { get; }

    /// <summary>Gets the revision number, which increases with each change.</summary>
    public long Revision { get; }

    /// <summary>Gets the time of the revision, in UTC.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Tests whether a table is one of this set, not one created by a query.</summary>
    public bool Contains(Table table)
    {
        foreach (var (_, candidate) in tables)
        {
            if (ReferenceEquals(candidate, table))
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="KeyNotFoundException">The model has no such set.</exception>
    public Table this[EntitySet set] => this[set.Name];

    /// <exception cref="KeyNotFoundException">The model has no such set.</exception>
    public Table this[string set] => tables[set];
}
