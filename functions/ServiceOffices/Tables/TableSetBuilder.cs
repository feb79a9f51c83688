namespace ServiceOffices.Tables;

/// <summary>Builds all tables of a model from rows, then links them.</summary>
public sealed class TableSetBuilder(EntityModel model)
{
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);
    private readonly List<Action<bool>> linkers = [];

    /// <exception cref="ArgumentException">The model has no such set, or the set has rows already.</exception>
    public TableSetBuilder Add<TRow>(string set, RowType<TRow> type, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        if (model.Find(set)?.Type != type.Type)
        {
            throw new ArgumentException($"The model has no set '{set}' of {type.Type.FullName}.", nameof(set));
        }

        var table = type.Columns(rows);
        tables.Add(set, table);
        linkers.Add(inverse => type.Link(rows, table, tables, inverse));
        return this;
    }

    /// <param name="revision">Grows with each change.</param>
    /// <param name="modified">When this revision came about, in UTC.</param>
    /// <exception cref="InvalidOperationException">A set of the model has got no rows, not even an empty list.</exception>
    public TableSet Build(long revision, DateTimeOffset modified)
    {
        if (model.Sets.FirstOrDefault(set => !tables.ContainsKey(set.Name)) is { } missing)
        {
            throw new InvalidOperationException($"The set '{missing.Name}' has no rows.");
        }

        // A navigation that inverts another needs that one first.
        foreach (var inverse in (bool[])[false, true])
        {
            linkers.ForEach(link => link(inverse));
        }

        return new TableSet(model, tables, revision, modified);
    }
}
