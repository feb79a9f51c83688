namespace ServiceOffices.Tables;

/// <summary>
/// Describes a structured type by how its properties are read from <typeparamref name="TRow"/>, and builds tables of
/// it. Properties keep the order in which they are added.
/// </summary>
public sealed partial class RowType<TRow>(string ns, string name)
    where TRow : class
{
    private readonly List<Property> properties = [];
    private readonly List<Func<IReadOnlyList<TRow?>, Column>?> readers = [];
    private readonly List<(LinkRound Round, Func<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, LinkColumn> Make)> links = [];
    private string[] key = [];
    private string[] terms = [];
    private Occasion? occasion;

    public RowType<TRow> Key(params string[] names)
    {
        key = names;
        return this;
    }

    /// <summary>Says what the last property means in public vocabularies; before the first property, what the type does (<see cref="Property.Terms"/>).</summary>
    public RowType<TRow> Means(params string[] names)
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
    public RowType<TRow> Happens(Occasion on)
    {
        occasion = on;
        return this;
    }

    public RowType<TRow> Value(
        string name, Func<TRow, string?> read, Text title, Text description,
        bool required = false, string? unit = null, IReadOnlyList<AllowedValue>? codes = null)
    {
        var property = new Property(name, PrimitiveType.String, !required)
        {
            Title = title, Description = description, Unit = unit, AllowedValues = codes ?? [],
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

    public RowType<TRow> Value<T>(string name, Func<TRow, T> read, Text title, Text description, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Of(typeof(T)), nullable: false) { Title = title, Description = description, Unit = unit };
        return Add(property, rows =>
        {
            var values = new T[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows[i] is { } row ? read(row) : default;
            }

            return new ValueColumn<T>(property, values, Absent(rows));
        });
    }

    public RowType<TRow> Value<T>(string name, Func<TRow, T?> read, Text title, Text description, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Of(typeof(T)), nullable: true) { Title = title, Description = description, Unit = unit };
        return Add(property, read);
    }

    /// <summary>A member of an enumeration, read as its number.</summary>
    public RowType<TRow> Member(string name, EnumType members, Func<TRow, int?> read, Text title, Text description, bool required = false) =>
        Add(new Property(name, members, !required) { Title = title, Description = description }, read);

    private RowType<TRow> Add<T>(Property property, Func<TRow, T?> read)
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

    public RowType<TRow> Complex<TPart>(string name, Func<TRow, TPart?> read, RowType<TPart> part, Text title, Text description)
        where TPart : class
    {
        var property = new Property(name, part.Type, nullable: true) { Title = title, Description = description };
        return Add(property, rows =>
        {
            var parts = new TPart?[rows.Count];
            var nulls = new bool[rows.Count];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = rows[i] is { } row ? read(row) : null;
                nulls[i] = parts[i] is null;
            }

            return new ComplexColumn(property, part.Columns(parts), nulls);
        });
    }

    /// <summary>A collection of strings.</summary>
    public RowType<TRow> Values(
        string name, Func<TRow, IReadOnlyList<string>> read, Text title, Text description, IReadOnlyList<AllowedValue>? codes = null)
    {
        var item = new RowType<string>(ns, name + "Item").Value(
            CollectionColumn.ItemName, value => value, title, description, required: true, codes: codes);
        return Collection(name, read, item, PrimitiveType.String, title, description, codes);
    }

    /// <summary>A collection of complex values.</summary>
    public RowType<TRow> Parts<TPart>(
        string name, Func<TRow, IReadOnlyList<TPart>> read, RowType<TPart> part, Text title, Text description)
        where TPart : class =>
        Collection(name, read, part, part.Type, title, description, null);

    /// <summary>Navigation to the one entity whose single key equals what is read; to none where that is null or unknown.</summary>
    public RowType<TRow> ToOne(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, object?> readKey, Text title, Text description, string? partner = null) =>
        Link(new Property(name, targetSet, target, nullable: true) { Title = title, Description = description, Partner = partner }, LinkRound.Keys,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                return Links(property, targetTable, rows.Count, (row, found) =>
                {
                    if (rows[row] is { } from && readKey(from) is { } foreignKey)
                    {
                        AddFound(targetTable, foreignKey, found);
                    }
                });
            });

    /// <summary>Navigation to all entities whose <paramref name="partner"/> leads to this one.</summary>
    public RowType<TRow> ToMany(
        string name, string targetSet, Func<StructuredType> target, string partner, Text title, Text description) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner }, LinkRound.Inverses,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                var back = (LinkColumn)targetTable[partner];
                var owned = new List<int>?[rows.Count];
                for (var row = 0; row < targetTable.Count; row++)
                {
                    foreach (var owner in back.At(row))
                    {
                        (owned[owner] ??= []).Add(row);
                    }
                }

                return Links(property, targetTable, rows.Count, (row, found) => found.AddRange(owned[row] ?? []));
            });

    /// <summary>Navigation to the entities whose single keys are read; keys that are unknown lead nowhere.</summary>
    public RowType<TRow> ToManyByKeys(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, IEnumerable<object>> readKeys, Text title, Text description, string? partner = null) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner }, LinkRound.Keys,
            property => (rows, tables, _) =>
            {
                var targetTable = tables[targetSet];
                return Links(property, targetTable, rows.Count, (row, found) =>
                {
                    if (rows[row] is { } from)
                    {
                        foreach (var foreignKey in readKeys(from))
                        {
                            AddFound(targetTable, foreignKey, found);
                        }
                    }
                });
            });

    /// <summary>Navigation to all entities that the entities of another navigation property of this type lead to, each once.</summary>
    public RowType<TRow> ToManyOver(
        string name, string targetSet, Func<StructuredType> target, string over, string then, Text title, Text description) =>
        Link(new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description },
            LinkRound.Chains,
            property => (rows, tables, own) =>
            {
                var first = (LinkColumn)own[over];
                var second = (LinkColumn)first.Target[then];
                return Links(property, tables[targetSet], rows.Count, (row, found) =>
                    found.AddRange(first.At(row).ToArray().SelectMany(middle => second.At(middle).ToArray()).Distinct().Order()));
            });

    /// <summary>Where no row is, no value is either; null where rows are everywhere.</summary>
    private static bool[]? Absent(IReadOnlyList<TRow?> rows)
    {
        bool[]? absent = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null)
            {
                (absent ??= new bool[rows.Count])[i] = true;
            }
        }

        return absent;
    }

    private static void AddFound(Table target, object key, List<int> found)
    {
        if (target.FindSingle(key) is >= 0 and var row)
        {
            found.Add(row);
        }
    }

    /// <param name="addTargets">Adds the rows that a row leads to.</param>
    private static LinkColumn Links(Property property, Table target, int count, Action<int, List<int>> addTargets)
    {
        var starts = new int[count + 1];
        var rows = new List<int>(count);
        for (var row = 0; row < count; row++)
        {
            addTargets(row, rows);
            starts[row + 1] = rows.Count;
        }

        return new LinkColumn(property, target, starts, [.. rows]);
    }

    private RowType<TRow> Collection<TItem>(
        string name, Func<TRow, IReadOnlyList<TItem>> read, RowType<TItem> item, DataType element, Text title, Text description, IReadOnlyList<AllowedValue>? codes)
        where TItem : class
    {
        var property = new Property(name, new CollectionType(element), nullable: false)
        {
            Title = title, Description = description, AllowedValues = codes ?? [],
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

            return new CollectionColumn(property, item.Columns(items), starts);
        });
    }

    private RowType<TRow> Add(Property property, Func<IReadOnlyList<TRow?>, Column>? reader)
    {
        if (type is not null)
        {
            throw new InvalidOperationException($"'{property.Name}' comes too late: {type.FullName} is in use.");
        }

        properties.Add(property);
        readers.Add(reader);
        return this;
    }

    private RowType<TRow> Link(
        Property property, LinkRound round, Func<Property, Func<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, LinkColumn>> make)
    {
        links.Add((round, make(property)));
        return Add(property, null);
    }
}
