namespace ODataEngine.Model;

/// <summary>
/// Describes a structured type by how its properties are read from <typeparamref name="TRow"/>, and builds tables of
/// it. Properties keep the order in which they are added.
/// </summary>
public sealed partial class TypeMapping<TRow>(string ns, string name)
    where TRow : class
{
    private readonly List<Property> properties = [];
    private readonly List<Func<IReadOnlyList<TRow?>, Column>?> readers = [];
    private readonly List<(LinkPhase Round, Func<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, NavigationColumn> Make)> links = [];
    private string[] key = [];
    private string[] terms = [];
    private EventProperties? eventProperties;

    public TypeMapping<TRow> HasKey(params string[] names)
    {
        key = names;
        return this;
    }

    /// <summary>Says what the last property means in public vocabularies; before the first property, what the type does (<see cref="Property.Terms"/>).</summary>
    public TypeMapping<TRow> WithTerms(params string[] names)
    {
        if (properties.Count == 0)
        {
            terms = names;
        }
        else
        {
            properties[^1].Terms = names;
        }

        return this;
    }

    /// <summary>Says that each entity is something that happens on a date.</summary>
    public TypeMapping<TRow> AsEvent(EventProperties definition)
    {
        eventProperties = definition;
        return this;
    }

    public TypeMapping<TRow> HasProperty(
        string name, Func<TRow, string?> read, LocalizedString title, LocalizedString description,
        bool required = false, string? unit = null, IReadOnlyList<AllowedValue>? allowedValues = null)
    {
        var property = new Property(name, PrimitiveType.String, !required)
        {
            Title = title, Description = description, Unit = unit, AllowedValues = allowedValues ?? [],
        };
        return Add(property, rows =>
        {
            var values = new string[rows.Count];
            var nulls = new bool[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[i] is { } row ? read(row)! : null!;
                nulls[i] = values[i] is null;
            }

            return new ValueColumn<string>(property, values, nulls);
        });
    }

    public TypeMapping<TRow> HasProperty<T>(string name, Func<TRow, T> read, LocalizedString title, LocalizedString description, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Get(typeof(T)), nullable: false) { Title = title, Description = description, Unit = unit };
        return Add(property, rows =>
        {
            var values = new T[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[i] is { } row ? read(row) : default;
            }

            return new ValueColumn<T>(property, values, GetNullFlags(rows));
        });
    }

    public TypeMapping<TRow> HasProperty<T>(string name, Func<TRow, T?> read, LocalizedString title, LocalizedString description, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Get(typeof(T)), nullable: true) { Title = title, Description = description, Unit = unit };
        return Add(property, read);
    }

    /// <summary>A member of an enumeration, read as its number.</summary>
    public TypeMapping<TRow> HasEnumProperty(string name, EnumType enumType, Func<TRow, int?> read, LocalizedString title, LocalizedString description, bool required = false) =>
        Add(new Property(name, enumType, !required) { Title = title, Description = description }, read);

    private TypeMapping<TRow> Add<T>(Property property, Func<TRow, T?> read)
        where T : struct =>
        Add(property, rows =>
        {
            var values = new T[rows.Count];
            var nulls = new bool[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var value = rows[i] is { } row ? read(row) : null;
                values[i] = value.GetValueOrDefault();
                nulls[i] = value is null;
            }

            return new ValueColumn<T>(property, values, nulls);
        });

    public TypeMapping<TRow> HasComplexProperty<TPart>(string name, Func<TRow, TPart?> read, TypeMapping<TPart> complexType, LocalizedString title, LocalizedString description)
        where TPart : class
    {
        var property = new Property(name, complexType.Type, nullable: true) { Title = title, Description = description };
        return Add(property, rows =>
        {
            var parts = new TPart?[rows.Count];
            var nulls = new bool[rows.Count];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = rows[i] is { } row ? read(row) : null;
                nulls[i] = parts[i] is null;
            }

            return new ComplexColumn(property, complexType.CreateTable(parts), nulls);
        });
    }

    /// <summary>A collection of strings.</summary>
    public TypeMapping<TRow> HasStringCollection(
        string name, Func<TRow, IReadOnlyList<string>> read, LocalizedString title, LocalizedString description, IReadOnlyList<AllowedValue>? allowedValues = null)
    {
        var item = new TypeMapping<string>(ns, name + "Item").HasProperty(
            CollectionColumn.ItemName, value => value, title, description, required: true, allowedValues: allowedValues);
        return AddCollection(name, read, item, PrimitiveType.String, title, description, allowedValues);
    }

    /// <summary>A collection of complex values.</summary>
    public TypeMapping<TRow> HasComplexCollection<TPart>(
        string name, Func<TRow, IReadOnlyList<TPart>> read, TypeMapping<TPart> complexType, LocalizedString title, LocalizedString description)
        where TPart : class =>
        AddCollection(name, read, complexType, complexType.Type, title, description, null);

    /// <summary>Navigation to the one entity whose single key equals what is read; to none where that is null or unknown.</summary>
    public TypeMapping<TRow> HasOne(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, object?> readKey, LocalizedString title, LocalizedString description, string? partner = null) =>
        Link(new Property(name, targetSet, target, nullable: true) { Title = title, Description = description, Partner = partner }, LinkPhase.ForeignKeys,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                return CreateNavigationColumn(property, targetTable, rows.Count, (row, found) =>
                {
                    if (rows[row] is { } from && readKey(from) is { } foreignKey)
                    {
                        AddTarget(targetTable, foreignKey, found);
                    }
                });
            });

    /// <summary>Navigation to all entities whose <paramref name="partner"/> leads to this one.</summary>
    public TypeMapping<TRow> HasMany(
        string name, string targetSet, Func<StructuredType> target, string partner, LocalizedString title, LocalizedString description) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner }, LinkPhase.Inverses,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                var inverse = (NavigationColumn)targetTable[partner];
                var targetsByOwner = new List<int>?[rows.Count];
                for (var row = 0; row < targetTable.Count; row++)
                {
                    foreach (var owner in inverse.GetTargets(row))
                    {
                        (targetsByOwner[owner] ??= []).Add(row);
                    }
                }

                return CreateNavigationColumn(property, targetTable, rows.Count, (row, found) => found.AddRange(targetsByOwner[row] ?? []));
            });

    /// <summary>Navigation to the entities whose single keys are read; keys that are unknown lead nowhere.</summary>
    public TypeMapping<TRow> HasManyByKeys(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, IEnumerable<object>> readKeys, LocalizedString title, LocalizedString description, string? partner = null) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner }, LinkPhase.ForeignKeys,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                return CreateNavigationColumn(property, targetTable, rows.Count, (row, found) =>
                {
                    if (rows[row] is { } from)
                    {
                        foreach (var foreignKey in readKeys(from))
                        {
                            AddTarget(targetTable, foreignKey, found);
                        }
                    }
                });
            });

    /// <summary>Navigation to all entities that the entities of another navigation property of this type lead to, each once.</summary>
    public TypeMapping<TRow> HasManyThrough(
        string name, string targetSet, Func<StructuredType> target, string through, string thenThrough, LocalizedString title, LocalizedString description) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description },
            LinkPhase.Paths,
            property => (rows, tables, own) =>
            {
                var first = (NavigationColumn)own[through];
                var second = (NavigationColumn)first.Target[thenThrough];
                return CreateNavigationColumn(property, tables[targetSet], rows.Count, (row, found) =>
                    found.AddRange(first.GetTargets(row).ToArray().SelectMany(middle => second.GetTargets(middle).ToArray()).Distinct().Order()));
            });

    /// <summary>Where no row is, no value is either; null where rows are everywhere.</summary>
    private static bool[]? GetNullFlags(IReadOnlyList<TRow?> rows)
    {
        bool[]? nullFlags = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null)
            {
                (nullFlags ??= new bool[rows.Count])[i] = true;
            }
        }

        return nullFlags;
    }

    private static void AddTarget(Table target, object key, List<int> found)
    {
        if (target.FindRowBySingleKey(key) is >= 0 and var row)
        {
            found.Add(row);
        }
    }

    /// <param name="addTargets">Adds the rows that a row leads to.</param>
    private static NavigationColumn CreateNavigationColumn(Property property, Table target, int count, Action<int, List<int>> addTargets)
    {
        var starts = new int[count + 1];
        var rows = new List<int>(count);
        for (var row = 0; row < count; row++)
        {
            addTargets(row, rows);
            starts[row + 1] = rows.Count;
        }

        return new NavigationColumn(property, target, starts, [.. rows]);
    }

    private TypeMapping<TRow> AddCollection<TItem>(
        string name, Func<TRow, IReadOnlyList<TItem>> read, TypeMapping<TItem> item, DataType element, LocalizedString title, LocalizedString description, IReadOnlyList<AllowedValue>? allowedValues)
        where TItem : class
    {
        var property = new Property(name, new CollectionType(element), nullable: false)
        {
            Title = title, Description = description, AllowedValues = allowedValues ?? [],
        };
        return Add(property, rows =>
        {
            var starts = new int[rows.Count + 1];
            var items = new List<TItem>();
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i] is { } row)
                {
                    items.AddRange(read(row));
                }

                starts[i + 1] = items.Count;
            }

            return new CollectionColumn(property, item.CreateTable(items), starts);
        });
    }

    private TypeMapping<TRow> Add(Property property, Func<IReadOnlyList<TRow?>, Column>? reader)
    {
        if (type is not null)
        {
            throw new InvalidOperationException($"'{property.Name}' comes too late: {type.FullName} is in use.");
        }

        properties.Add(property);
        readers.Add(reader);
        return this;
    }

    private TypeMapping<TRow> Link(
        Property property, LinkPhase round, Func<Property, Func<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, NavigationColumn>> make)
    {
        links.Add((round, make(property)));
        return Add(property, null);
    }
}
