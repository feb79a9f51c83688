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

/// <summary>Builds all tables of a model from rows, then links them.</summary>
/// <exception cref="ArgumentException">The model has a type that tables do not support.</exception>
public sealed class TableSetBuilder(EntityModel model)
{
    private readonly EntityModel model = CheckTypes(model);
    private readonly Dictionary<string, Table> tables = new(StringComparer.Ordinal);
    private readonly List<Action<LinkPhase>> linkers = [];

    /// <summary>Adds the rows of a set.</summary>
    /// <exception cref="ArgumentException">The model has no such set, or its rows were added already.</exception>
    public TableSetBuilder Add<TRow>(string set, TypeMapping<TRow> type, IReadOnlyList<TRow> rows)
        where TRow : class
    {
        if (model.Find(set)?.Type != type.Type)
        {
            throw new ArgumentException($"The model has no set '{set}' of {type.Type.FullName}.", nameof(set));
        }

        var table = type.CreateTable(rows);
        tables.Add(set, table);
        linkers.Add(phase => type.Link(rows, table, tables, phase));
        return this;
    }

    /// <summary>Links the tables and returns them.</summary>
    /// <param name="revision">A number that increases with each change.</param>
    /// <param name="lastModified">The time of this revision, in UTC.</param>
    /// <exception cref="InvalidOperationException">The rows of a set of the model were not added, not even an empty list.</exception>
    public TableSet Build(long revision, DateTimeOffset lastModified)
    {
        if (model.Sets.FirstOrDefault(set => !tables.ContainsKey(set.Name)) is { } missing)
        {
            throw new InvalidOperationException($"The rows of the set '{missing.Name}' were not added.");
        }

        foreach (var phase in Enum.GetValues<LinkPhase>())
        {
            linkers.ForEach(link => link(phase));
        }

        return new TableSet(model, tables, revision, lastModified);
    }

    private static EntityModel CheckTypes(EntityModel model)
    {
        var visitedTypes = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            if (set.Type.BaseType is { } baseType)
            {
                throw new ArgumentException($"The set '{set.Name}' is of the derived type {set.Type.FullName}; a set must be of a type without a base type, such as {baseType.FullName}.", nameof(model));
            }

            CheckComplexTypes(set.Type, visitedTypes);
        }

        return model;
    }

    private static void CheckComplexTypes(StructuredType type, HashSet<StructuredType> visitedTypes)
    {
        foreach (var property in visitedTypes.Add(type) ? type.AllProperties : [])
        {
            if (property.IsNavigation && !type.IsEntity)
            {
                throw new ArgumentException($"{type.FullName}/{property.Name} is a navigation property of a complex type; only entity types can have navigation properties.", nameof(type));
            }

            if (!property.IsNavigation && property.ElementType is StructuredType complexType)
            {
                CheckComplexTypes(complexType, visitedTypes);
            }
        }
    }
}
