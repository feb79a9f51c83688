namespace ODataEngine.Model;

/// <summary>All tables of a model at one revision: the complete, immutable picture that every query is answered from.</summary>
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

    /// <summary>Grows with each change; every answer from this picture names it.</summary>
    public long Revision { get; }

    /// <summary>When this revision came about, in UTC.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>Whether a table is one of these, not made by a query.</summary>
    public bool Contains(Table table)
    {
        foreach (var (_, own) in tables)
        {
            if (ReferenceEquals(own, table))
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
