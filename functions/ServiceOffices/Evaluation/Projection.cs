using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.Evaluation;

/// <summary>What of a row an answer shows: compiled once from <c>$select</c>, <c>$compute</c> and <c>$expand</c>.</summary>
internal sealed class Projection
{
    private readonly List<ProjectedItem> items = [];
    private bool? lacksKey;
    private bool onlyDeclared;

    public Projection(Compiler compiler, Table table, Query query)
    {
        Table = table;
        Slot = query.Row?.Slot ?? 0;
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
    {
        Table = table;
        AddAll();
    }

    public Table Table { get; }

    /// <summary>Where the row goes in the scope before <see cref="Items"/> are evaluated.</summary>
    public int Slot { get; }

    public IReadOnlyList<ProjectedItem> Items => items;

    /// <summary>How many nodes each row evaluates.</summary>
    public int Nodes { get; } = 1;

    /// <summary>Whether this shows exactly every declared value and nothing else.</summary>
    public bool IsWhole => onlyDeclared && items.TrueForAll(item => item is ColumnItem);

    /// <summary>Whether this shows an entity without all of its key.</summary>
    public bool LacksKey => lacksKey ??= Table.Type.Key.Any(part => !items.Exists(item => item is ColumnItem column && column.Property == part));

    private void Select(Compiler compiler, Query query)
    {
        if (query.Select is null)
        {
            AddAll();
            AddComputed(compiler, query.Compute);
            return;
        }

        var wildcard = query.Select.Any(item => item.IsWildcard);
        for (var ordinal = 0; ordinal < Table.Type.Properties.Count; ordinal++)
        {
            var property = Table.Type.Properties[ordinal];
            var chosen = query.Select.Where(item => item.Path.Count > 0 && item.Path[0] == property).ToList();
            if (property.IsNavigation || (chosen.Count == 0 && !wildcard))
            {
                continue;
            }

            items.Add(Item(compiler, ordinal, property, chosen));
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
        for (var ordinal = 0; ordinal < Table.Type.Properties.Count; ordinal++)
        {
            if (!Table.Type.Properties[ordinal].IsNavigation)
            {
                items.Add(new ColumnItem(Table.Type.Properties[ordinal], ordinal, Table.ColumnAt(ordinal)));
            }
        }

        onlyDeclared = true;
    }

    private void AddComputed(Compiler compiler, IReadOnlyList<ComputedProperty> computed)
    {
        foreach (var property in computed)
        {
            items.Add(new ComputedItem(property.Name, property.Expression.Type ?? PrimitiveType.String, compiler.Compile(property.Expression)));
        }
    }
}
