using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>What of a row an answer shows: compiled once from <c>$select</c>, <c>$compute</c> and <c>$expand</c>.</summary>
internal sealed class Projection
{
    private readonly List<ProjectedItem> items = [];
    private readonly StructuredType declared;
    private readonly Func<StructuredType, Projection> make;
    private Dictionary<StructuredType, Projection>? others;
    private bool? lacksKey;
    private bool onlyDeclared;

    public Projection(Compiler compiler, Table table, Query query)
        : this(compiler, table, query, Declared(table, query), null)
    {
    }

    private Projection(Compiler compiler, Table table, Query query, StructuredType declared, StructuredType? type)
    {
        this.declared = declared;
        make = own => new Projection(compiler, table, query, declared, own);
        Type = type ?? declared;
        Table = table;
        Slot = query.Row?.Slot;
        if (query.Row is not null)
        {
            compiler.Bind(query.Row, table);
        }

        var before = compiler.Compiled;
        Select(compiler, query);
        Nodes = compiler.Compiled - before + 1;
        foreach (var expand in query.Expand)
        {
            Expand(compiler, expand, query.Row);
        }
    }

    /// <summary>Every declared value of each row, as nested values are shown where nothing is said of them.</summary>
    public Projection(Table table)
        : this(table, table.Type)
    {
    }

    private Projection(Table table, StructuredType type)
    {
        declared = table.Type;
        make = own => new Projection(table, own);
        Type = type;
        Table = table;
        AddAll();
    }

    public Table Table { get; }

    /// <summary>The type of the rows that this shows; for those of another see <see cref="At"/>.</summary>
    public StructuredType Type { get; }

    /// <summary>Whether the rows are of a type that the request's URL does not tell.</summary>
    public bool IsOfOtherType => !ReferenceEquals(Type, declared);

    /// <summary>Where the row goes in the scope before <see cref="Items"/> are evaluated; null where no expression is about it.</summary>
    public int? Slot { get; }

    public IReadOnlyList<ProjectedItem> Items => items;

    /// <summary>How many nodes each row evaluates.</summary>
    public int Nodes { get; } = 1;

    /// <summary>Whether this shows exactly every declared value and nothing else.</summary>
    public bool IsWhole => onlyDeclared && Table.IsUniform && items.TrueForAll(item => item is ColumnItem);

    /// <summary>Whether this shows an entity without all of its key.</summary>
    public bool LacksKey => lacksKey ??= Type.Key.Any(part => !items.Exists(item => item is ColumnItem column && column.Property == part));

    /// <summary>What is shown of a row of whatever type.</summary>
    public Projection At(int row)
    {
        var own = Table.TypeAt(row);
        if (ReferenceEquals(own, Type) || !own.Is(declared))
        {
            return this;
        }

        others ??= [];
        if (!others.TryGetValue(own, out var other))
        {
            others.Add(own, other = make(own));
        }

        return other;
    }

    // A type-cast segment, or navigation to a derived type, leaves rows of that type.
    private static StructuredType Declared(Table table, Query query) => query.RowType is { } type && type.Is(table.Type) ? type : table.Type;

    private void Select(Compiler compiler, Query query)
    {
        if (query.Select is null)
        {
            AddAll();
            AddComputed(compiler, query.Compute);
            return;
        }

        var wildcard = query.Select.Any(item => item.IsWildcard);
        for (var place = 0; place < Type.Properties.Count; place++)
        {
            var property = Type.Properties[place];
            var chosen = query.Select.Where(item => item.Path.Count > 0 && item.Path[0] == property && (item.Cast is null || Type.Is(item.Cast))).ToList();
            if (property.IsNavigation || (chosen.Count == 0 && !wildcard))
            {
                continue;
            }

            items.Add(Item(compiler, OrdinalAt(place), property, chosen));
        }

        AddComputed(compiler, wildcard ? query.Compute : [.. query.Select.Where(item => item.Computed is not null).Select(item => item.Computed!)]);
    }

    private ColumnItem Item(Compiler compiler, int ordinal, Property property, List<SelectItem> chosen)
    {
        var column = Table.ColumnAt(ordinal);
        var whole = chosen.Count == 0 || chosen.Any(item => item.Path.Count == 1 && item.Options == Query.Empty);
        if (whole)
        {
            return new ColumnItem(property, ordinal, column);
        }

        // address/city and address($select=city) say the same; several of them add up.
        var options = chosen.Select(item => item.Path.Count == 1 ? item.Options : new Query
        {
            Select = [new SelectItem([.. item.Path.Skip(1)], item.Computed, item.Options)],
        }).ToList();
        var merged = options.Aggregate((one, two) => one with { Select = [.. one.Select ?? [], .. two.Select ?? []] });
        return column switch
        {
            ComplexColumn complex => new ColumnItem(property, ordinal, column) { Nested = new Projection(compiler, complex.Fields, merged) },
            CollectionColumn collection => new ColumnItem(property, ordinal, column)
            {
                Plan = new RowPlan(compiler, collection.Elements, merged),
                Nested = new Projection(compiler, collection.Elements, merged),
            },
            _ => new ColumnItem(property, ordinal, column),
        };
    }

    private void Expand(Compiler compiler, ExpandItem expand, Variable? row)
    {
        if (expand.Path.Count > 1 || row is null)
        {
            throw new QueryException(501, "NotSupported", "$expand over a complex property is not supported.", "$expand");
        }

        if (!Type.Properties.Contains(expand.Navigation) || (expand.Cast is not null && !Type.Is(expand.Cast)))
        {
            return;
        }

        var column = (LinkColumn)Table[expand.Navigation];
        var options = expand.Levels > 1 && column.Target == Table
            ? expand.Options with { Expand = [.. expand.Options.Expand, expand with { Levels = expand.Levels - 1 }] }
            : expand.Options;
        items.Add(new ExpandedItem(
            expand.Navigation,
            column,
            expand.Form,
            new RowPlan(compiler, column.Target, options),
            new Projection(compiler, column.Target, options)));
    }

    private void AddAll()
    {
        for (var place = 0; place < Type.Properties.Count; place++)
        {
            var property = Type.Properties[place];
            if (!property.IsNavigation)
            {
                var ordinal = OrdinalAt(place);
                items.Add(new ColumnItem(property, ordinal, Table.ColumnAt(ordinal)));
            }
        }

        onlyDeclared = true;
    }

    // A derived type has its base type's properties in the first places.
    private int OrdinalAt(int place) => place < Table.Type.Properties.Count ? place : Table.Type.OrdinalOf(Type.Properties[place]);

    private void AddComputed(Compiler compiler, IReadOnlyList<ComputedProperty> computed)
    {
        foreach (var property in computed)
        {
            items.Add(new ComputedItem(property.Name, property.Expression.Type ?? PrimitiveType.String, compiler.Compile(property.Expression)));
        }
    }
}
