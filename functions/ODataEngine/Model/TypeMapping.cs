namespace ODataEngine.Model;

/// <summary>
/// Maps <typeparamref name="TRow"/> to a structured type: describes each property and how it is read, and creates tables. Properties keep the
/// order in which they are added.
/// </summary>
public sealed class TypeMapping<TRow>(string ns, string name)
    where TRow : class
{
    // Tables of at least this many rows are read on all processors.
    private const int ParallelThreshold = 4096;

    private readonly List<Property> properties = [];
    private readonly List<Func<IReadOnlyList<TRow?>, Column>?> readers = [];
    private readonly List<NavigationMapping<TRow>> navigations = [];
    private readonly List<DerivedMapping> derivedTypes = [];
    private string[] key = [];
    private string[] terms = [];
    private EventProperties? eventProperties;
    private Func<StructuredType>? baseType;
    private StructuredType? type;

    /// <summary>Gets the type. After that, no property can be added.</summary>
    public StructuredType Type => type ?? CreateType();

    public TypeMapping<TRow> HasKey(params string[] names)
    {
        key = names;
        return this;
    }

    /// <summary>Sets the vocabulary terms of the last property (<see cref="Property.Terms"/>), or of the type if it has no property yet.</summary>
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

    /// <summary>Sets the order of the last property, a string.</summary>
    public TypeMapping<TRow> WithCollation(Collation collation)
    {
        properties[^1].Collation = properties[^1].Type == PrimitiveType.String
            ? collation
            : throw new InvalidOperationException($"'{properties[^1]}' is not a string.");
        return this;
    }

    /// <summary>Marks each entity as an event that happens on a date.</summary>
    public TypeMapping<TRow> AsEvent(EventProperties definition)
    {
        eventProperties = definition;
        return this;
    }

    /// <summary>Adds a string property.</summary>
    public TypeMapping<TRow> HasProperty(
        string name, Func<TRow, string?> read, LocalizedString? title = null, LocalizedString? description = null,
        bool required = false, string? unit = null, IReadOnlyList<AllowedValue>? allowedValues = null)
    {
        var property = new Property(name, PrimitiveType.String, !required)
        {
            Title = title, Description = description, Unit = unit, AllowedValues = allowedValues ?? [],
        };
        return Add(property, rows => ColumnReader.ReadStrings(property, rows, read));
    }

    /// <summary>Adds a property that is never null.</summary>
    public TypeMapping<TRow> HasProperty<T>(string name, Func<TRow, T> read, LocalizedString? title = null, LocalizedString? description = null, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Get(typeof(T)), nullable: false) { Title = title, Description = description, Unit = unit };
        return Add(property, rows => ColumnReader.ReadValues(property, rows, read));
    }

    /// <summary>Adds a property that may be null.</summary>
    public TypeMapping<TRow> HasProperty<T>(string name, Func<TRow, T?> read, LocalizedString? title = null, LocalizedString? description = null, string? unit = null)
        where T : struct
    {
        var property = new Property(name, PrimitiveType.Get(typeof(T)), nullable: true) { Title = title, Description = description, Unit = unit };
        return Add(property, rows => ColumnReader.ReadNullableValues(property, rows, read));
    }

    /// <summary>Adds a property of an enumeration type, read as the number of its member.</summary>
    public TypeMapping<TRow> HasEnumProperty(string name, EnumType enumType, Func<TRow, int?> read, LocalizedString? title = null, LocalizedString? description = null, bool required = false)
    {
        var property = new Property(name, enumType, !required) { Title = title, Description = description };
        return Add(property, rows => ColumnReader.ReadNullableValues(property, rows, read));
    }

    public TypeMapping<TRow> HasComplexProperty<TPart>(string name, Func<TRow, TPart?> read, TypeMapping<TPart> complexType, LocalizedString? title = null, LocalizedString? description = null)
        where TPart : class
    {
        var property = new Property(name, complexType.Type, nullable: true) { Title = title, Description = description };
        return Add(property, rows => ColumnReader.ReadComplexValues(property, rows, read, complexType));
    }

    public TypeMapping<TRow> HasStringCollection(
        string name, Func<TRow, IReadOnlyList<string>> read, LocalizedString? title = null, LocalizedString? description = null, IReadOnlyList<AllowedValue>? allowedValues = null)
    {
        var itemType = new TypeMapping<string>(ns, name + "Item").HasProperty(
            CollectionColumn.ItemName, value => value, title, description, required: true, allowedValues: allowedValues);
        return AddCollection(name, read, itemType, PrimitiveType.String, title, description, allowedValues);
    }

    public TypeMapping<TRow> HasComplexCollection<TPart>(
        string name, Func<TRow, IReadOnlyList<TPart>> read, TypeMapping<TPart> complexType, LocalizedString? title = null, LocalizedString? description = null)
        where TPart : class =>
        AddCollection(name, read, complexType, complexType.Type, title, description, null);

    private TypeMapping<TRow> AddCollection<TItem>(
        string name, Func<TRow, IReadOnlyList<TItem>> read, TypeMapping<TItem> itemType, DataType element, LocalizedString? title, LocalizedString? description, IReadOnlyList<AllowedValue>? allowedValues)
        where TItem : class
    {
        var property = new Property(name, new CollectionType(element), nullable: false)
        {
            Title = title, Description = description, AllowedValues = allowedValues ?? [],
        };
        return Add(property, rows => ColumnReader.ReadCollections(property, rows, read, itemType));
    }

    /// <summary>Adds navigation to the entity whose single key is read; null or an unknown key has no target.</summary>
    public TypeMapping<TRow> HasOne(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, object?> readKey, LocalizedString? title = null, LocalizedString? description = null, string? partner = null)
    {
        var property = new Property(name, targetSet, target, nullable: true) { Title = title, Description = description, Partner = partner };
        return Add(property, NavigationMapping<TRow>.ByKey(property, readKey));
    }

    /// <summary>Adds navigation to all entities whose <paramref name="partner"/> property targets this one.</summary>
    public TypeMapping<TRow> HasMany(string name, string targetSet, Func<StructuredType> target, string partner, LocalizedString? title = null, LocalizedString? description = null)
    {
        var property = new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner };
        return Add(property, NavigationMapping<TRow>.Inverse(property));
    }

    /// <summary>Adds navigation to the entities whose single keys are read; unknown keys have no target.</summary>
    public TypeMapping<TRow> HasManyByKeys(
        string name, string targetSet, Func<StructuredType> target, Func<TRow, IEnumerable<object>> readKeys, LocalizedString? title = null, LocalizedString? description = null, string? partner = null)
    {
        var property = new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description, Partner = partner };
        return Add(property, NavigationMapping<TRow>.ByKeys(property, readKeys));
    }

    /// <summary>Adds navigation to all entities that the targets of another navigation property of this type target, each once.</summary>
    public TypeMapping<TRow> HasManyThrough(
        string name, string targetSet, Func<StructuredType> target, string firstNavigation, string secondNavigation, LocalizedString? title = null, LocalizedString? description = null)
    {
        var property = new Property(name, targetSet, () => new CollectionType(target()), nullable: false) { Title = title, Description = description };
        return Add(property, NavigationMapping<TRow>.Through(property, firstNavigation, secondNavigation));
    }

    private TypeMapping<TRow> Add(Property property, NavigationMapping<TRow> navigation)
    {
        navigations.Add(navigation);
        return Add(property, reader: null);
    }

    private TypeMapping<TRow> Add(Property property, Func<IReadOnlyList<TRow?>, Column>? reader)
    {
        if (type is not null)
        {
            throw new InvalidOperationException($"Cannot add '{property.Name}': {type.FullName} is already in use.");
        }

        properties.Add(property);
        readers.Add(reader);
        return this;
    }

    /// <summary>Adds a derived type: rows of <typeparamref name="TSub"/> have its properties in addition to these.</summary>
    /// <param name="derivedMapping">Describes the properties that only the derived type has.</param>
    public TypeMapping<TRow> HasDerivedType<TSub>(TypeMapping<TSub> derivedMapping)
        where TSub : class, TRow
    {
        derivedMapping.baseType = () => Type;
        derivedTypes.Add(new DerivedMapping(
            declaredType => derivedMapping.CreateType(declaredType),
            row => row is TSub typed ? derivedMapping.GetRowType(typed) : null,
            rows => derivedMapping.CreateColumns(CastRows<TSub>(rows)),
            (rows, tables, table, phase) => derivedMapping.Link(CastRows<TSub>(rows), table, tables, phase)));
        return this;
    }

    private static TSub?[] CastRows<TSub>(IReadOnlyList<TRow?> rows)
        where TSub : class, TRow => [.. rows.Select(row => row as TSub)];

    private StructuredType CreateType()
    {
        if (baseType is null)
        {
            CreateType(null);
        }
        else
        {
            // The mapping of the base type creates the derived types too.
            _ = baseType();
        }

        return type!;
    }

    private void CreateType(StructuredType? derivesFrom)
    {
        var declaredType = derivesFrom is null
            ? new StructuredType(ns, name, properties, key) { Terms = terms, EventProperties = eventProperties }
            : StructuredType.CreateDerived(derivesFrom, ns, name, properties);
        type = declaredType;
        derivedTypes.ForEach(derived => derived.CreateType(declaredType));
    }

    /// <summary>Creates a table of these rows, without its navigation properties.</summary>
    internal Table CreateTable(IReadOnlyList<TRow?> rows)
    {
        var declaredType = Type;
        StructuredType[]? rowTypes = derivedTypes.Count == 0 ? null : [.. rows.Select(row => row is null ? declaredType : GetRowType(row))];
        var isUniform = rowTypes is null || Array.TrueForAll(rowTypes, rowType => ReferenceEquals(rowType, declaredType));
        return new Table(declaredType, rows.Count, [.. CreateColumns(rows)], isUniform ? null : rowTypes);
    }

    /// <summary>Links the navigation properties of one phase. The previous phases must be complete in every table.</summary>
    internal void Link(IReadOnlyList<TRow?> rows, Table table, IReadOnlyDictionary<string, Table> tables, LinkPhase phase)
    {
        foreach (var navigation in navigations.Where(navigation => navigation.Phase == phase))
        {
            table.Link(navigation.Link(rows, tables, table));
        }

        derivedTypes.ForEach(derived => derived.Link(rows, tables, table, phase));
    }

    private StructuredType GetRowType(TRow row)
    {
        foreach (var derived in derivedTypes)
        {
            if (derived.GetRowType(row) is { } rowType)
            {
                return rowType;
            }
        }

        return Type;
    }

    // The columns of derived types follow those of this one, and are null at rows of other types.
    private IEnumerable<Column?> CreateColumns(IReadOnlyList<TRow?> rows) =>
        CreateOwnColumns(rows).Concat(derivedTypes.SelectMany(derived => derived.CreateColumns(rows)));

    private Column?[] CreateOwnColumns(IReadOnlyList<TRow?> rows)
    {
        if (rows.Count < ParallelThreshold)
        {
            return [.. readers.Select(reader => reader?.Invoke(rows))];
        }

        var columns = new Column?[readers.Count];
        Parallel.For(0, columns.Length, i => columns[i] = readers[i]?.Invoke(rows));
        return columns;
    }

    /// <summary>The mapping of a derived type, independent of the CLR type of its rows.</summary>
    /// <param name="GetRowType">Gets the type of a row; null if the row is not of the derived type.</param>
    private sealed record DerivedMapping(
        Action<StructuredType> CreateType,
        Func<TRow, StructuredType?> GetRowType,
        Func<IReadOnlyList<TRow?>, IEnumerable<Column?>> CreateColumns,
        Action<IReadOnlyList<TRow?>, IReadOnlyDictionary<string, Table>, Table, LinkPhase> Link);
}
