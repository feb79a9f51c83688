using ServiceOffices.Evaluation;
using ServiceOffices.Queries;
using ServiceOffices.Tables;

namespace ServiceOffices.OData;

/// <summary>
/// A query's result as rows of a table made for it. What is selected shares the columns that are there; what
/// <c>$compute</c> adds becomes a column, an expanded entity a complex value, expanded entities a collection.
/// </summary>
internal sealed class ResultTable(ReadRequest read)
{
    private const string CountSuffix = "/$count";
    private const string ReferenceSuffix = "/$ref";

    private readonly int[] scope = read.Scope;

    /// <summary>The rows in their order, each with what is shown of it.</summary>
    public RowSet Of(Projection projection, ReadOnlyMemory<int> rows)
    {
        if (projection.IsWhole)
        {
            return new RowSet(projection.Table, rows);
        }

        var items = Items(projection, rows.Span);
        return items.TrueForAll(item => item is ColumnItem { Plan: null, Nested: null })
            ? new RowSet(Table(projection, projection.Table.Count, [.. items.Select(item => ((ColumnItem)item).Column)]), rows)
            : RowSet.All(Materialize(projection, items, rows.ToArray(), _ => { }));
    }

    /// <param name="rows">-1 stands for a row that is not there.</param>
    /// <param name="enter">Puts what stands around the row at a place into the scope.</param>
    private Table Materialize(Projection projection, int[] rows, Action<int> enter) => projection.IsWhole
        ? Columns.Gather(projection.Table, rows)
        : Materialize(projection, Items(projection, rows), rows, enter);

    private Table Materialize(Projection projection, List<ProjectedItem> items, int[] rows, Action<int> enter)
    {
        Allowance.TakeSteps(scope, rows.Length, projection.Nodes);
        var columns = new List<Column>();
        foreach (var item in items)
        {
            columns.AddRange(item switch
            {
                ComputedItem computed => [ByKind.Do(computed.Type, new Values(computed, rows.Length, Enter, scope))],
                ExpandedItem expanded => Expanded(expanded),
                ColumnItem { Column: ComplexColumn complex, Nested: { } nested } => [Complex(complex.Property, nested, Array.ConvertAll(rows, row => row < 0 || complex.IsNull(row) ? -1 : row), Enter)],
                ColumnItem { Column: CollectionColumn collection, Plan: { } plan } column => Collection(collection, plan, column.Nested!),
                _ => [Columns.Gather(((ColumnItem)item).Column, rows)],
            });
        }

        return Table(projection, rows.Length, [.. columns]);

        bool Enter(int place)
        {
            enter(place);
            if (projection.Slot is { } slot)
            {
                scope[slot] = rows[place];
            }

            return rows[place] >= 0;
        }

        IEnumerable<Column> Collection(CollectionColumn column, RowPlan plan, Projection nested)
        {
            var (found, counts) = Match(plan, rows.Length, Enter, place => new RowRun(column.Starts[rows[place]], column.Starts[rows[place] + 1], null));
            if (plan.Query.Count)
            {
                yield return Counts(column.Property.Name, counts);
            }

            yield return Many(column.Property, column.Elements.Type.Find(CollectionColumn.ItemName) is null ? nested : null, column.Elements, found, Enter);
        }

        IEnumerable<Column> Expanded(ExpandedItem expanded)
        {
            var link = expanded.Column;
            var (found, counts) = Match(expanded.Plan, rows.Length, Enter, place => new RowRun(link.Starts[rows[place]], link.Starts[rows[place] + 1], link.Rows));
            if (expanded.Form == ExpandForm.Count || expanded.Plan.Query.Count)
            {
                yield return Counts(expanded.Name, counts);
            }

            if (expanded.Form == ExpandForm.Count)
            {
                yield break;
            }

            Array.ForEach(found, related => Allowance.TakeEntities(scope, related.Length));
            yield return expanded switch
            {
                { Form: ExpandForm.References } => References(expanded.Property, link.Target, found),
                { Property.IsCollection: true } => Many(expanded.Property, expanded.Nested, link.Target, found, Enter),
                _ => Complex(expanded.Property, expanded.Nested, Array.ConvertAll(found, related => related.IsEmpty ? -1 : related.Span[0]), Enter),
            };
        }
    }

    /// <summary>What is shown of rows of whatever type: a derived type's own items stand behind those of all.</summary>
    private static List<ProjectedItem> Items(Projection projection, ReadOnlySpan<int> rows)
    {
        List<ProjectedItem> items = [.. projection.Items];
        var seen = new HashSet<StructuredType> { projection.Type };
        foreach (var row in rows)
        {
            if (row >= 0 && seen.Add(projection.Table.TypeAt(row)))
            {
                items.AddRange(projection.At(row).Items.ExceptBy(items.Select(item => item.Name), item => item.Name));
            }
        }

        return items;
    }

    /// <summary>The items that a plan leaves of each row's, and how many there were before <c>$skip</c> and <c>$top</c>.</summary>
    private (ReadOnlyMemory<int>[] Found, long[] Counts) Match(RowPlan plan, int places, Func<int, bool> enter, Func<int, RowRun> source)
    {
        var found = new ReadOnlyMemory<int>[places];
        var counts = new long[places];
        for (var place = 0; place < places; place++)
        {
            if (enter(place))
            {
                var matches = plan.Match(source(place), scope);
                counts[place] = matches.Length;
                found[place] = plan.Cut(matches);
            }
        }

        return (found, counts);
    }

    private static ValueColumn<long> Counts(string name, long[] counts) =>
        new(new Property(name + CountSuffix, PrimitiveType.Int64, nullable: false), counts, null);

    private ComplexColumn Complex(Property property, Projection nested, int[] rows, Func<int, bool> enter)
    {
        var fields = Materialize(nested, rows, place => enter(place));
        return new ComplexColumn(Like(property, property.Name, fields.Type), fields, Array.ConvertAll(rows, row => row < 0));
    }

    /// <param name="nested">Null where the items are primitive.</param>
    private CollectionColumn Many(Property property, Projection? nested, Table source, ReadOnlyMemory<int>[] found, Func<int, bool> enter)
    {
        var (starts, items, owners) = Flat(found);
        var elements = nested is null ? Columns.Gather(source, items) : Materialize(nested, items, item => enter(owners[item]));
        return new CollectionColumn(nested is null ? property : Like(property, property.Name, new CollectionType(elements.Type)), elements, starts);
    }

    private Column References(Property property, Table target, ReadOnlyMemory<int>[] found)
    {
        var (starts, items, _) = Flat(found);
        var urls = Array.ConvertAll(items, row => read.Urls.Of(target, row));
        if (!property.IsCollection)
        {
            var values = found.Select((related, place) => related.IsEmpty ? null! : urls[starts[place]]).ToArray();
            return new ValueColumn<string>(Like(property, property.Name + ReferenceSuffix, PrimitiveType.String), values, Array.ConvertAll(found, related => related.IsEmpty));
        }

        var item = new Property(CollectionColumn.ItemName, PrimitiveType.String, nullable: false);
        var elements = new Table(new StructuredType("", "Reference", [item], []), urls.Length, [new ValueColumn<string>(item, urls, null)]);
        return new CollectionColumn(Like(property, property.Name + ReferenceSuffix, new CollectionType(PrimitiveType.String)), elements, starts);
    }

    private static (int[] Starts, int[] Items, int[] Owners) Flat(ReadOnlyMemory<int>[] found)
    {
        var starts = new int[found.Length + 1];
        var items = new List<int>();
        var owners = new List<int>();
        for (var place = 0; place < found.Length; place++)
        {
            items.AddRange(found[place].Span);
            owners.AddRange(Enumerable.Repeat(place, found[place].Length));
            starts[place + 1] = items.Count;
        }

        return (starts, [.. items], [.. owners]);
    }

    /// <summary>A table of these columns, of a type made of their properties.</summary>
    private static Table Table(Projection projection, int count, Column[] columns)
    {
        var source = projection.Table.Type;
        Property[] properties = [.. columns.Select(column => column.Property)];
        var key = source.Key.All(properties.Contains) ? source.Key.Select(part => part.Name) : [];
        return new Table(new StructuredType(source.FullName[..^(source.Name.Length + 1)], source.Name, properties, [.. key]) { Terms = source.Terms, Occasion = source.Occasion }, count, columns);
    }

    private static Property Like(Property property, string name, DataType type) =>
        new(name, type, property.Nullable) { Title = property.Title, Description = property.Description, Terms = property.Terms };

    private readonly record struct Values(ComputedItem Item, int Count, Func<int, bool> Enter, int[] Scope) : ByKind.IWork<Column>
    {
        public Column Do<T>()
        {
            var node = (Node<T>)Item.Node;
            var values = new T[Count];
            var nulls = new bool[Count];
            for (var place = 0; place < values.Length; place++)
            {
                nulls[place] = !Enter(place) || !node.TryGet(Scope, out values[place]);
            }

            return new ValueColumn<T>(new Property(Item.Name, Item.Type, nullable: true), values, nulls);
        }
    }
}
