namespace ODataEngine.Model;

/// <summary>Builds all tables of a model from rows, then links them.</summary>
public sealed class TableSetBuilder(EntityModel model)
{
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);
    private readonly List<Action<LinkPhase>> linkers = [];

    /// <exception cref="ArgumentException">The model has no such set, or the set has rows already.</exception>
    public TableSetBuilder Add<TRow>(string set, TypeMapping<TRow> type, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        if (model.Find(set)?.Type != type.Type)
        {
            throw new ArgumentException($"The model has no set '{set}' of {type.Type.FullName}.", nameof(set));
        }

        var table = type.CreateTable(rows);
        tables.Add(set, table);
        linkers.Add(round => type.Link(rows, table, tables, round));
        return this;
    }

    /// <param name="revision">Grows with each change.</param>
    /// <param name="lastModified">When this revision came about, in UTC.</param>
    /// <exception cref="InvalidOperationException">A set of the model has got no rows, not even an empty list.</exception>
    public TableSet Build(long revision, DateTimeOffset lastModified)
    {
        if (model.Sets.FirstOrDefault(set => !tables.ContainsKey(set.Name)) is { } missing)
        {
            throw new InvalidOperationException($"The set '{missing.Name}' has no rows.");
        }

        foreach (var phase in Enum.GetValues<LinkPhase>())
        {
            linkers.ForEach(link => link(phase));
        }

        return new TableSet(model, tables, revision, lastModified);
    }
}

/// <summary>When a navigation property can be linked: each round needs those before it.</summary>
internal enum LinkPhase
{
    /// <summary>It reads the keys of its targets.</summary>
    ForeignKeys,

    /// <summary>It inverts a property that reads keys.</summary>
    Inverses,

    /// <summary>It follows two others.</summary>
    Paths,
}
